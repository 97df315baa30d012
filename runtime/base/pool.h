// pool: large things that are used again, by any thread.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace xize::base {

// Whoever lets the last reference to a thing go gives it back; it may outlive the pool.
template <class T>
class Pool {
 public:
  // One that nobody uses any more, as it was left, or what `make` makes.
  template <class Make>
  std::shared_ptr<T> take(const Make& make) {
    std::unique_ptr<T> taken = state_->take();
    if (taken == nullptr) taken = make();
    return {taken.release(), [state = state_](T* given) { state->give(given); }};
  }

 private:
  class State {
   public:
    std::unique_ptr<T> take() {
      const std::lock_guard lock(mutex_);
      if (free_.empty()) return nullptr;
      auto taken = std::move(free_.back());
      free_.pop_back();
      return taken;
    }
    void give(T* given) {
      const std::lock_guard lock(mutex_);
      free_.emplace_back(given);
    }

   private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<T>> free_;
  };

  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace xize::base
