// The made-up data of each policy: realistic, and with every case of its rules somewhere.
// In: a seed. Out: its files, always in the same order.
#pragma once

#include <cstdint>
#include <vector>

#include "tools/generate/csv_text.h"

namespace xize::generate {

// policies/baoshan-2023: 34 departments of a service centre and their staff, four quarters of 2024.
std::vector<DataFile> baoshan_2023(std::uint64_t seed);

// policies/city-departments: 60 municipal departments from April to June 2023.
std::vector<DataFile> city_departments(std::uint64_t seed);

// policies/qingpu-2023: the 44 agencies and 11 towns of its two annexes.
std::vector<DataFile> qingpu_2023(std::uint64_t seed);

// policies/qingpu-2024: the 42 agencies and 11 towns of its two annexes.
std::vector<DataFile> qingpu_2024(std::uint64_t seed);

// policies/shanghai-2021: the 48 departments and 16 districts of its two tables.
std::vector<DataFile> shanghai_2021(std::uint64_t seed);

}  // namespace xize::generate
