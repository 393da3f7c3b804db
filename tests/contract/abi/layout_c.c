#include "layout.h"

void abi_write_layout_as_c(char* out, size_t room);
void abi_write_layout_as_c(char* out, size_t room) { abi_write_layout(out, room); }
