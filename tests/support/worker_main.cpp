// The worker alone, as the quarterday program has it.
#include "core/worker/child/worker_main.hpp"

#if defined(__SANITIZE_ADDRESS__)
// A crash must look like one: the sanitizer would turn the signal into an exit code.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
  return "handle_segv=0:handle_abort=0:handle_sigbus=0:detect_leaks=0";
}
#endif

int main() { return qd::worker::child::worker_main(0, 1); }
