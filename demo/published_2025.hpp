// Real figures of four landlords, so that a demonstration has peers to compare with.
#pragma once

#include <array>
#include <vector>

namespace qd::demo {

// Numbers are texts: they are written to files, and nothing is computed from them here.
struct PublishedMeasure {
  const char* landlord;
  const char* measure;
  const char* tenure;
  const char* numerator;
  const char* denominator;
};

struct PublishedTally {  // all of LCRA
  const char* landlord;
  const char* measure;
  std::array<const char*, 5> answers;  // very positive to very negative
  const char* not_applicable;          // "" where the question does not offer it
  const char* filter_yes;
  const char* filter_no;
  const char* weighted;
  const char* responses;  // unweighted answers, where the counts are weighted and they are known
};

const std::vector<PublishedMeasure>& published_measures();
const std::vector<PublishedTally>& published_tallies();

}  // namespace qd::demo
