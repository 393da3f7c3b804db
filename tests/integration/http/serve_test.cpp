// The program itself, as it is started from a shell.
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

#include "core/tables/shipped_tables.hpp"
#include "tests/integration/http/raw_client.hpp"
#include "tests/support/test_database.hpp"

namespace qd::test {
namespace {

namespace fs = std::filesystem;

struct Ended {
  int code;
  std::string out, err;
};

class Program : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("qd-program-" + std::to_string(::getpid()) + "-" +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override {
    if (server_ > 0) stop(SIGKILL);
    fs::remove_all(folder_);
  }

  static std::string contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  fs::path write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }

  std::string command(const std::string& arguments) {
    return "cd '" + folder_.string() + "' && QUARTERDAY_STATE='" + folder_.string() +
           "' QUARTERDAY_FAMILIES='" QUARTERDAY_FAMILY_DIR "' '" QUARTERDAY_EXECUTABLE "' " +
           arguments;
  }
  Ended run(const std::string& arguments) {
    const int status = std::system((command(arguments) + " >out 2>err </dev/null").c_str());
    return {WEXITSTATUS(status), contents(folder_ / "out"), contents(folder_ / "err")};
  }

  // Migrated, filled with the demonstration, computed: its figures as CSV. `database` is the flag
  // that names another database than the embedded one.
  std::string figures_of_the_demonstration(const std::string& database) {
    EXPECT_EQ(run("migrate " + database).code, 0);
    EXPECT_EQ(run("demo files").code, 0);
    for (const auto& table : tables::shipped_tables()) {
      const auto loaded = run("import " + table.name + " files/" + table.name + ".csv " + database);
      EXPECT_EQ(loaded.code, 0) << loaded.err;
    }
    for (const char* period : {"FY2025-26-Q4", "FY2025-26"}) {
      const auto computed = run(std::string("compute --period ") + period + " " + database);
      EXPECT_EQ(computed.code, 0) << computed.err;
    }
    return run("facts --format csv " + database).out;
  }

  // Starts `serve` and reads the port it tells.
  std::uint16_t serve(const std::string& arguments) {
    const auto shell = "cd '" + folder_.string() + "' && export QUARTERDAY_STATE='" +
                       folder_.string() +
                       "' QUARTERDAY_FAMILIES='" QUARTERDAY_FAMILY_DIR
                       "' && exec '" QUARTERDAY_EXECUTABLE "' serve --listen 127.0.0.1:0 " +
                       arguments + " 2>serve.err";
    int pipe[2];
    EXPECT_EQ(::pipe(pipe), 0);
    server_ = ::fork();
    if (server_ == 0) {
      ::dup2(pipe[1], STDOUT_FILENO);
      ::close(pipe[0]);
      ::execl("/bin/sh", "sh", "-c", shell.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(pipe[1]);
    std::string told;
    for (char c = 0; ::read(pipe[0], &c, 1) == 1 && c != '\n';) told += c;
    ::close(pipe[0]);
    EXPECT_EQ(told.rfind("serving on http://127.0.0.1:", 0), 0u)
        << told << contents(folder_ / "serve.err");
    return static_cast<std::uint16_t>(std::atoi(told.substr(told.rfind(':') + 1).c_str()));
  }
  int stop(int signal) {
    ::kill(server_, signal);
    int status = 0;
    ::waitpid(std::exchange(server_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  static RawAnswer get(std::uint16_t port, const std::string& target, const std::string& key) {
    RawClient client(port);
    client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key +
                "\r\n\r\n");
    return client.read_answer();
  }

  fs::path folder_;
  pid_t server_ = -1;
};

TEST_F(Program, says_how_it_is_used) {
  for (const char* command :
       {"",           "serve",       "import",          "compute",      "facts",
        "explain",    "return",      "return build",    "return list",  "return verify",
        "family",     "family list", "family describe", "family check", "family new",
        "jobs",       "jobs list",   "jobs run",        "jobs history", "jobs rehearse",
        "key",        "key create",  "key list",        "key revoke",   "migrate",
        "doctor",     "demo",        "readings",        "withheld",     "audit",
        "audit list", "audit verify"}) {
    const auto ended = run(std::string(command) + " --help");
    EXPECT_EQ(ended.code, 0) << command;
    EXPECT_NE(ended.out.find("Usage:"), std::string::npos) << command;
  }
}

TEST_F(Program, tells_wrong_use_from_failure) {
  EXPECT_EQ(run("").code, 2);
  EXPECT_EQ(run("frobnicate").code, 2);
  EXPECT_EQ(run("facts --nothing").code, 2);
  EXPECT_EQ(run("compute --period 2024").code, 2);
  const auto absent = run("facts --database sqlite:///no/such/folder.db");
  EXPECT_EQ(absent.code, 1);
  EXPECT_EQ(absent.out, "");
  EXPECT_EQ(absent.err.substr(0, 8), "QD3001: ");
  EXPECT_NE(absent.err.find("\n  hint: "), std::string::npos);
}

TEST_F(Program, says_what_is_wrong_in_one_style) {
  EXPECT_EQ(run("frobnicate").err,
            "QD4005: there is no command 'frobnicate'\n"
            "  hint: see `quarterday --help`\n");
  EXPECT_EQ(run("fact").err, "QD4005: there is no command 'fact'\n  hint: did you mean 'facts'?\n");
  EXPECT_EQ(run("return bild").err,
            "QD4005: there is no command 'bild'\n  hint: did you mean 'build'?\n");
  EXPECT_EQ(run("facts --perod FY2024-25").err,
            "QD4005: there is no option '--perod'\n  hint: did you mean '--period'?\n");
  const auto missing = run("compute");
  EXPECT_EQ(missing.code, 2);
  EXPECT_EQ(missing.err,
            "QD4006: --period is required\n"
            "  hint: see `quarterday compute --help`\n");
  EXPECT_EQ(run("facts --format xml").err.substr(0, 8), "QD4006: ");
}

TEST_F(Program, makes_its_own_database_when_a_command_first_needs_it) {
  const auto first = run("facts");
  EXPECT_EQ(first.code, 0);
  EXPECT_EQ(first.out, "no facts\n");
  EXPECT_EQ(first.err, "a new database was made: " + (folder_ / "quarterday.db").string() + "\n");
  EXPECT_EQ(run("facts").err, "") << "it is there now";
  write("empty.db", "");
  EXPECT_EQ(run("facts --database sqlite:///empty.db").code, 0) << "its maker was killed at once";
}

TEST_F(Program, understands_three_slashes_as_relative_and_four_as_absolute) {
  EXPECT_EQ(run("migrate --database sqlite:///near.db").code, 0);
  EXPECT_TRUE(fs::exists(folder_ / "near.db"));
  EXPECT_EQ(run("migrate --database sqlite:///" + (folder_ / "far.db").string()).code, 0);
  EXPECT_TRUE(fs::exists(folder_ / "far.db"));
  const auto refused = run("facts --database sqlite:///no/such/folder.db");
  EXPECT_NE(refused.err.find((folder_ / "no/such/folder.db").string()), std::string::npos)
      << refused.err;
}

TEST_F(Program, an_unknown_name_is_wrong_use_and_names_the_nearest) {
  const auto refused = run("facts --indicator TP0l");
  EXPECT_EQ(refused.code, 2);
  EXPECT_EQ(refused.err.substr(refused.err.find("QD")),
            "QD4021: there is no indicator 'TP0l'\n  hint: did you mean 'TP01'?\n");
  EXPECT_EQ(run("facts --area L1").code, 2);
  EXPECT_EQ(run("facts --period FY2024-25").code, 2);
  EXPECT_EQ(run("facts --family existing_pi").code, 2);
  const auto known = run("facts --indicator TP01");
  EXPECT_EQ(known.code, 0) << known.err;
  EXPECT_EQ(known.out, "no facts\n");
}

TEST_F(Program, refusals_of_one_cause_are_one_text_and_the_report_has_them_all) {
  std::string lines = "code,name,kind,parent,valid_from,valid_until\n";
  for (int i = 0; i < 12'000; ++i)
    lines += "N" + std::to_string(i) + ",North,village,,2020-04-01,\n";
  write("areas.csv", lines);
  const auto refused = run("import areas areas.csv --report all.txt");
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.err.find("areas.csv:2:3 kind: 'village' is not taken here"), std::string::npos)
      << refused.err;
  EXPECT_NE(refused.err.find("\n  and 11999 more like it: lines 3, 4, 5, 6, …\n"),
            std::string::npos)
      << refused.err;
  EXPECT_LT(std::count(refused.err.begin(), refused.err.end(), '\n'), 8);
  EXPECT_NE(refused.err.find("all.txt lists them all"), std::string::npos) << refused.err;
  const auto all = contents(folder_ / "all.txt");
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 12'000);
  EXPECT_NE(all.find("areas.csv:12001:3 kind: "), std::string::npos);
  EXPECT_EQ(run("import areas areas.csv --report no/such/folder.txt").code, 1);
}

TEST_F(Program, lists_families_on_a_hundred_columns) {
  const auto listed = run("family list");
  EXPECT_NE(listed.out.find("existing_pis"), std::string::npos) << listed.out;
  std::istringstream lines(listed.out.substr(0, listed.out.rfind("in ")));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100u) << line;
  EXPECT_NE(run("family list --format csv").out.find("library_sha256"), std::string::npos);
}

TEST_F(Program, an_unknown_key_in_its_file_keeps_it_from_starting) {
  write("quarterday.toml", "databse = 'sqlite:///x.db'\n");
  const auto ended = run("migrate");
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(ended.err,
            "QD4011: quarterday.toml:1: 'databse' is not a key\n  hint: did you mean "
            "'database'?\n");
}

TEST_F(Program, migrate_says_from_which_version_to_which) {
  const auto made = run("migrate"), again = run("migrate");
  const std::string version = again.out.substr(again.out.find_first_of("0123456789"), 1);
  EXPECT_EQ(made.out, "the database went from version 0 to " + version + "\n");
  EXPECT_EQ(again.out, "the database is at version " + version + " already\n");
}

TEST_F(Program, import_names_every_refused_line_and_keeps_nothing) {
  ASSERT_EQ(run("migrate").code, 0);
  const auto file = write("areas.csv",
                          "code,name,kind,parent,valid_from,valid_until\n"
                          "L1,Landlord,landlord,,2020-04-01,\n"
                          "N1,North,village,L1,2020-13-01,\n");
  const auto refused = run("import areas " + file.string());
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.err.find("areas.csv:3:3 kind: "), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("areas.csv:3:5 valid_from: "), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("2 lines read, 1 refused: nothing was kept"), std::string::npos)
      << refused.err;
  EXPECT_EQ(run("import areas " + file.string() + " --good-lines").code, 0);
  EXPECT_EQ(run("import ares " + file.string()).code, 2);
  EXPECT_EQ(run("import areas " + file.string() + " --dry-run").code, 1);
}

TEST_F(Program, serves_with_a_key_until_it_is_told_to_stop) {
  ASSERT_EQ(run("migrate").code, 0);
  const auto key = run("key create bi");
  ASSERT_EQ(key.code, 0) << key.err;
  const auto secret = key.out.substr(0, key.out.find('\n'));
  const auto port = serve("");
  EXPECT_EQ(get(port, "/healthz/live", "none").status, 200);
  EXPECT_EQ(get(port, "/api/v1/facts", "none").status, 401);
  EXPECT_EQ(get(port, "/api/v1/facts", secret).status, 200);
  const auto described = get(port, "/openapi.yaml", secret);
  EXPECT_EQ(described.body, contents(QUARTERDAY_SOURCE_DIR "/api-spec/openapi.yaml"));
  EXPECT_EQ(run("key revoke " + secret).code, 0);
  EXPECT_NE(run("key list --format csv").out.find(",bi,"), std::string::npos);
  EXPECT_EQ(stop(SIGTERM), 0);
}

TEST_F(Program, gives_rows_to_who_may_read_them_and_says_why_and_keeps_it) {
  const auto csv = figures_of_the_demonstration("");
  const auto end = csv.rfind(',') + 1;
  const auto id = csv.substr(end, csv.find('\r', end) - end);
  const auto secret = [&](const std::string& words) {
    const auto made = run("key create " + words);
    return made.out.substr(0, made.out.find('\n'));
  };
  const auto usual = secret("bi --audience executive");
  const auto trusted = secret("audit --audience executive --scope figures,records");
  const auto of_everybody = secret("web --scope figures,records,returns");
  EXPECT_EQ(run("key create x --scope record").err,
            "QD4006: there is no scope 'record'\n  hint: did you mean 'records'?\n");
  const auto port = serve("--no-scheduler");
  const auto address = "/api/v1/facts/" + id + "/explain";
  const auto without_rows = [](const RawAnswer& answer) {
    return answer.status == 200 && answer.body.find("\"rows\":{}") != std::string::npos;
  };
  EXPECT_TRUE(without_rows(get(port, address, usual)));
  EXPECT_TRUE(without_rows(get(port, address, trusted)));
  EXPECT_EQ(get(port, address + "?reason=curious", usual).status, 403);
  EXPECT_EQ(get(port, "/api/v1/returns", trusted).status, 403);
  EXPECT_EQ(get(port, "/api/v1/returns", of_everybody).status, 403) << "made for the Executive";
  const auto told = get(port, address + "?reason=curious", of_everybody);
  EXPECT_TRUE(without_rows(told)) << told.body;
  EXPECT_NE(told.body.find("\"row_count\":null"), std::string::npos) << told.body;
  EXPECT_EQ(get(port, "/api/v1/jobs", trusted).status, 403);
  EXPECT_EQ(run("readings").out, "nobody read the rows behind a figure\n");
  const auto given = get(port, address + "?reason=complaint%2017", trusted);
  EXPECT_EQ(given.status, 200);
  EXPECT_NE(given.body.find("\"rows\":{\""), std::string::npos) << given.body.substr(0, 2000);
  EXPECT_EQ(run("explain " + id).out.find("recorded_at"), std::string::npos);
  EXPECT_NE(run("explain " + id + " --reason 'a test'").out.find("recorded_at"), std::string::npos);
  const auto kept = run("readings --format csv").out;
  EXPECT_NE(kept.find("," + id + ","), std::string::npos) << kept;
  EXPECT_NE(kept.find(",complaint 17\r\n"), std::string::npos) << kept;
  EXPECT_NE(kept.find(",a test\r\n"), std::string::npos) << kept;
  EXPECT_EQ(stop(SIGTERM), 0);
}

// The number of people of each figure of involvement that has one, as a key reads it.
std::vector<long> people_of(const std::string& csv) {
  std::vector<long> people;
  std::vector<std::string> heading;
  std::istringstream lines(std::regex_replace(csv, std::regex("\"[^\"]*\""), "quoted"));
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> cells;
    std::istringstream rest(line);
    for (std::string cell; std::getline(rest, cell, ',');) cells.push_back(cell);
    if (heading.empty()) heading = cells;
    const auto numerator = static_cast<std::size_t>(
        std::find(heading.begin(), heading.end(), "numerator") - heading.begin());
    if (cells.size() > numerator && line.rfind("INV1", 0) == 0 && !cells[numerator].empty())
      people.push_back(std::stol(cells[numerator]));
  }
  return people;
}

TEST_F(Program, shows_small_numbers_of_people_to_none_but_the_executive) {
  // With so low a cap the family notes how many members there are.
  std::ofstream(folder_ / "quarterday.toml") << "[family.involvement]\ncap_l4 = 3\n";
  figures_of_the_demonstration("");
  const auto secret = [&](const std::string& words) {
    const auto made = run("key create " + words);
    return made.out.substr(0, made.out.find('\n'));
  };
  const auto executive = secret("a --audience executive"), board = secret("b --audience board");
  const auto everybody = secret("c");
  EXPECT_EQ(run("key create x --audience bord").err,
            "QD4006: there is no audience 'bord'\n  hint: did you mean 'board'?\n");
  // It would be kept as two.
  for (const char* option : {"--area", "--family"})
    EXPECT_EQ(run(std::string("key create x ") + option + " 'a;b'").err,
              "QD4006: 'a;b' is not one name\n  hint: several are separated by commas\n");
  const auto port = serve("--no-scheduler");
  const auto rows = [&](const std::string& key, const std::string& more = "") {
    return get(port, "/api/v1/facts?family=involvement&limit=all&format=csv" + more, key).body;
  };
  const auto is_small = [](long people) { return people > 0 && people < 5; };
  const auto as_executive = people_of(rows(executive));
  EXPECT_TRUE(std::any_of(as_executive.begin(), as_executive.end(), is_small));
  const auto now = to_text(SystemClock().now());
  for (const auto& more : {std::string(), "&as_of=" + now}) {
    const auto as_board = people_of(rows(board, more));
    EXPECT_GT(as_board.size(), 0U);
    EXPECT_FALSE(std::any_of(as_board.begin(), as_board.end(), is_small)) << more;
    const auto as_everybody = people_of(rows(everybody, more));
    EXPECT_EQ(as_everybody.size(), as_board.size()) << more;
    for (const long people : as_everybody) EXPECT_EQ(people % 5, 0) << more;
  }
  // No row is missing: a reason stands in the place of its value.
  const auto n_lines = [](const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
  };
  EXPECT_EQ(n_lines(rows(board)), n_lines(rows(executive)));
  EXPECT_NE(rows(board).find(",suppressed,"), std::string::npos);
  // One by one they are what they are together.
  const auto one = rows(everybody);
  const auto at = one.rfind(",suppressed,");
  const auto end = one.find('\r', at), begin = one.rfind(',', end) + 1;
  const auto id = one.substr(begin, end - begin);
  const auto alone = get(port, "/api/v1/facts/" + id, everybody).body;
  EXPECT_NE(alone.find("\"null_reason\":\"suppressed\""), std::string::npos) << alone;
  EXPECT_NE(alone.find("\"numerator\":null"), std::string::npos) << alone;
  EXPECT_EQ(get(port, "/api/v1/facts/" + id, executive).body.find("suppressed"), std::string::npos);
  // What a family notes of a run may count people, too.
  const auto notes = [&](const std::string& path, const std::string& key) {
    const auto body = get(port, path, key).body;
    return body.find("\"notes\":[\"") != std::string::npos;
  };
  for (const std::string& path :
       {std::string("/api/v1/runs?family=involvement"), "/api/v1/facts/" + id + "/explain"}) {
    EXPECT_TRUE(notes(path, executive)) << get(port, path, executive).body.substr(0, 3000);
    EXPECT_FALSE(notes(path, everybody)) << path;
  }
  EXPECT_EQ(stop(SIGTERM), 0);
}

TEST_F(Program, says_why_a_return_cannot_be_made) {
  std::ofstream(folder_ / "areas.csv") << "code,name,kind,parent,valid_from,valid_until\n"
                                          "L1,One,landlord,,2020-01-01,\n"
                                          "N1,North,neighbourhood,L1,2020-01-01,\n";
  ASSERT_EQ(run("import areas " + (folder_ / "areas.csv").string()).code, 0);
  for (const char* time : {"the first time", "and again"}) {
    const auto refused = run("return build --period FY2026-27-Q1");
    EXPECT_EQ(refused.code, 1) << time;
    EXPECT_EQ(refused.err.substr(0, refused.err.find('\n')),
              "QD5003: there is no figure of 'L1' for FY2026-27-Q1")
        << time;
  }
}

TEST_F(Program, ends_well_on_an_interrupt_too) {
  ASSERT_EQ(run("migrate").code, 0);
  serve("--open");
  EXPECT_EQ(stop(SIGINT), 0);
}

TEST_F(Program, open_is_only_for_this_machine) {
  ASSERT_EQ(run("migrate").code, 0);
  const auto ended = run("serve --open --listen 0.0.0.0:0");
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(ended.err.substr(0, 7), "QD4013:") << ended.err;
}

TEST_F(Program, prints_the_figures_that_it_serves) {
  const auto csv = figures_of_the_demonstration("");
  const auto port = serve("--open --no-scheduler");
  EXPECT_GT(csv.size(), 10'000u);
  EXPECT_EQ(get(port, "/api/v1/facts?limit=all&format=csv", "").body, csv);
  const auto family = run("facts --family involvement --reading year --format json").out;
  const auto served = get(port, "/api/v1/facts?family=involvement&reading=year&limit=all", "").body;
  EXPECT_EQ(family.substr(0, family.find("\"as_of\"")), served.substr(0, served.find("\"as_of\"")));
  const auto id = csv.substr(csv.rfind(',') + 1);
  const auto explained = get(port, "/api/v1/facts/" + id.substr(0, id.find('\r')) + "/explain", "");
  EXPECT_EQ(explained.status, 200) << explained.body;
  EXPECT_NE(explained.body.find("\"reproduced\":true"), std::string::npos)
      << explained.body.substr(0, 2000);
  EXPECT_EQ(run("explain " + id.substr(0, id.find('\r'))).code, 0);
  EXPECT_EQ(get(port, "/healthz/ready", "").status, 200);
  EXPECT_EQ(stop(SIGTERM), 0);
}

TEST_F(Program, prints_on_mariadb_byte_by_byte_what_it_prints_on_sqlite) {
  const auto url = tests::make_test_database(orm::DatabaseKind::kMariaDb);
  const auto csv = figures_of_the_demonstration("--database '" + url + "'");
  EXPECT_GT(csv.size(), 10'000u);
  EXPECT_TRUE(csv == figures_of_the_demonstration("")) << "the exports differ";
}

TEST_F(Program, scaffolds_a_family_and_says_the_next_three_commands) {
  const auto made = run("family new repair_times");
  ASSERT_EQ(made.code, 0) << made.err;
  const auto folder = (folder_ / "repair_times").string();
  EXPECT_NE(made.out.find("cmake -G Ninja -S " + folder + " -B " + folder + "/build -D"),
            std::string::npos)
      << made.out;
  EXPECT_NE(made.out.find("cmake --build " + folder + "/build\n"), std::string::npos);
  EXPECT_NE(made.out.find(" family check " + folder + "/build/families/repair_times.so " + folder +
                          "/cases\n"),
            std::string::npos);
  EXPECT_EQ(run("family new repair_times").code, 1);
  EXPECT_EQ(run("family new repair_times elsewhere/rt").code, 0);
  EXPECT_TRUE(fs::exists(folder_ / "elsewhere/rt/repair_times.cpp"));
  EXPECT_EQ(run("family new Repair-Times").code, 2);
  EXPECT_EQ(run("family new copis").code, 2);
}

}  // namespace
}  // namespace qd::test
