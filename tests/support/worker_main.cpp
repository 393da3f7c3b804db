// The worker alone, as the quarterday program has it.
#include "core/worker/child/worker_main.hpp"

// A crash must look like one: a sanitizer would turn the signal into an exit code.
#if defined(__SANITIZE_ADDRESS__)
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
  return "handle_segv=0:handle_abort=0:handle_sigbus=0:detect_leaks=0";
}
#elif defined(__SANITIZE_THREAD__)
extern "C" const char* __tsan_default_options();
extern "C" const char* __tsan_default_options() {
  return "handle_segv=0:handle_abort=0:handle_sigbus=0";
}
#endif

int main() { return qd::worker::child::worker_main(0, 1); }
