// What stands on a command line is read by everybody on the machine, as long as the program runs.
#pragma once

namespace qd::cli {

// Overwrites the password of every database URL among the arguments, where they lie. Before that it
// was to be seen for a moment: a password is better put into a file.
void hide_passwords(int argc, char** argv);

}  // namespace qd::cli
