// The threads that serve requests: so many at most, and so many connections that wait for one.
// Whoever comes beyond that waits in the system's own queue, where it costs us nothing.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <utility>

#include <httplib.h>

namespace vfstock::serve {

class BoundedPool final : public httplib::TaskQueue {
 public:
  BoundedPool(std::size_t workers, std::size_t waiting)
      : places_(workers + waiting), pool_(workers) {}

  void enqueue(std::function<void()> work) override {
    {
      std::unique_lock lock(mutex_);
      freed_.wait(lock, [this] { return places_ > 0; });
      --places_;
    }
    pool_.enqueue([this, work = std::move(work)] {
      work();
      {
        const std::lock_guard lock(mutex_);
        ++places_;
      }
      freed_.notify_one();
    });
  }
  void shutdown() override { pool_.shutdown(); }

 private:
  std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t places_;
  httplib::ThreadPool pool_;
};

}  // namespace vfstock::serve
