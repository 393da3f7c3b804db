# Every library from outside, found once for all floors: a static floor passes what it links on to
# whoever links it, so the names must be known everywhere. Which floor may use which is said there.
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(Poco REQUIRED COMPONENTS Foundation Net NetSSL Util Zip XML)
find_package(date REQUIRED)
find_package(roaring REQUIRED)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(elf REQUIRED IMPORTED_TARGET libelf)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(systemd REQUIRED IMPORTED_TARGET libsystemd)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
# Not by pkg-config: their files ask for packages that only static linking needs.
find_library(XLSXWRITER_LIBRARY xlsxwriter REQUIRED)
find_library(CJOSE_LIBRARY cjose REQUIRED)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
find_library(CSV_LIBRARY csv REQUIRED)
find_library(PISTACHE_LIBRARY pistache REQUIRED)
