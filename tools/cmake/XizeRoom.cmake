# xize_room(DEPS room... LIBS lib... [SOURCES file...])
# One static library for the folder that calls it: `runtime/value` becomes `xize_runtime_value`.
# DEPS are rooms by path (the architecture); LIBS are foreign libraries, kept private to the room
# unless listed after PUBLIC_LIBS.
function(xize_room)
  cmake_parse_arguments(ROOM "" "" "DEPS;LIBS;PUBLIC_LIBS;SOURCES" ${ARGN})
  file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  string(REPLACE "/" "_" name "xize_${path}")
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(APPEND sources ${ROOM_SOURCES})
  if(sources)
    add_library(${name} STATIC ${sources})
    xize_tidy_target(${name})
    set(scope PUBLIC)
    target_link_libraries(${name} PRIVATE ${ROOM_LIBS})
  else()
    add_library(${name} INTERFACE)
    set(scope INTERFACE)
    target_link_libraries(${name} INTERFACE ${ROOM_LIBS})
  endif()
  target_link_libraries(${name} ${scope} xize_flags ${ROOM_PUBLIC_LIBS})
  foreach(dep ${ROOM_DEPS})
    string(REPLACE "/" "_" dep_name "xize_${dep}")
    target_link_libraries(${name} ${scope} ${dep_name})
  endforeach()
endfunction()

# Compiles the target under clang-tidy in the preset that asks for it. Generated code is not a
# target of its own room's style, so rooms call this and generated libraries do not.
function(xize_tidy_target target)
  if(XIZE_CLANG_TIDY)
    set_target_properties(${target} PROPERTIES CXX_CLANG_TIDY
      "${CLANG_TIDY_PROGRAM};--quiet;--extra-arg=-Wno-unknown-warning-option")
  endif()
endfunction()

# xize_program(NAME file... DEPS room... [LIBS lib...]): an executable made of rooms.
function(xize_program name)
  cmake_parse_arguments(PROGRAM "" "" "DEPS;LIBS" ${ARGN})
  add_executable(${name} ${PROGRAM_UNPARSED_ARGUMENTS})
  xize_tidy_target(${name})
  target_link_libraries(${name} PRIVATE xize_flags ${PROGRAM_LIBS})
  foreach(dep ${PROGRAM_DEPS})
    string(REPLACE "/" "_" dep_name "xize_${dep}")
    target_link_libraries(${name} PRIVATE ${dep_name})
  endforeach()
endfunction()
