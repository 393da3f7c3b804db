#include "server/cli/command_line.hpp"

int main(int argc, char** argv) { return qd::cli::run_command_line(argc, argv); }
