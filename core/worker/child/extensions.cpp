#include "core/worker/child/extensions.hpp"

#include <quarterday/plugin.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "core/calendar/bank_holidays.hpp"

namespace qd::worker::child {
namespace {

constexpr int kFirstYear = 1978, kLastYear = 2199;
constexpr std::int32_t kMostDaysAhead = 10'000;

// Every working day there is, so that a family may ask for each of a million rows.
class WorkingDayTable {
 public:
  WorkingDayTable() : first_(days(make_date(kFirstYear, 1, 1))) {
    for (int year = kFirstYear; year <= kLastYear; ++year) add(year);
    before_.push_back(static_cast<std::int32_t>(all_.size()));
  }

  bool covers(qd_date day) const { return first_ <= day && day < last(); }
  bool covers_until(qd_date day) const { return first_ <= day && day <= last(); }
  // Working days of the table before that day.
  std::int32_t before(qd_date day) const { return before_[static_cast<std::size_t>(day - first_)]; }
  bool contains(qd_date day) const { return before(day + 1) > before(day); }
  // The n-th of the table, from 0; QD_NO_DATE beyond its end.
  qd_date at(std::int32_t n) const {
    return n < static_cast<std::int32_t>(all_.size()) ? all_[static_cast<std::size_t>(n)]
                                                      : QD_NO_DATE;
  }

 private:
  qd_date last() const { return first_ + static_cast<qd_date>(before_.size()) - 1; }

  void add(int year) {
    const auto holidays = calendar::bank_holidays(year);
    const Date end = make_date(year + 1, 1, 1);
    for (Date day = make_date(year, 1, 1); day < end; day += std::chrono::days{1}) {
      before_.push_back(static_cast<std::int32_t>(all_.size()));
      const unsigned weekday = std::chrono::weekday{day}.iso_encoding();
      const bool is_holiday =
          std::any_of(holidays.begin(), holidays.end(),
                      [&](const calendar::BankHoliday& holiday) { return holiday.date == day; });
      if (weekday <= 5 && !is_holiday) all_.push_back(days(day));
    }
  }

  qd_date first_;
  std::vector<std::int32_t> before_;  // by day, and once more for the day after the last
  std::vector<qd_date> all_;
};

const WorkingDayTable& table() {
  static const WorkingDayTable table;
  return table;
}

int is_working_day(qd_date day) {
  if (!table().covers(day)) return -1;
  return table().contains(day) ? 1 : 0;
}

qd_date nth_after(qd_date day, std::int32_t n) {
  if (!table().covers(day) || n < 1 || n > kMostDaysAhead) return QD_NO_DATE;
  return table().at(table().before(day + 1) + n - 1);
}

std::int32_t between(qd_date from, qd_date until) {
  if (!table().covers_until(from) || !table().covers_until(until)) return -1;
  return until <= from ? 0 : table().before(until) - table().before(from);
}

constexpr qd_working_days kWorkingDays = {sizeof(qd_working_days), 0, is_working_day, nth_after,
                                          between};

}  // namespace

const void* host_extension(const char* id) {
  if (id && std::string_view(id) == QD_WORKING_DAYS_1) return &kWorkingDays;
  return nullptr;
}

}  // namespace qd::worker::child
