// Exhaustion of the ladder's fund by plain trials, loan by loan, with xoshiro256++ for the words: five cohorts
// of 100 loans of one unit, 2.5 %, asset correlation 0.12, a factor a year with persistence 0.4.
//
//   clang++ -O3 -std=c++17 -o ladder ladder.cpp && ./ladder UNITS TRIALS
//
// Prints microseconds of processor time a trial, and how many trials exhausted the fund.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>

struct Words {
  using result_type = uint64_t;
  uint64_t state[4];
  static constexpr uint64_t min() { return 0; }
  static constexpr uint64_t max() { return ~0ull; }
  explicit Words(uint64_t seed) {
    for (auto &word : state) {
      seed += 0x9E3779B97F4A7C15ull;
      uint64_t z = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9ull;
      z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
      word = z ^ (z >> 31);
    }
  }
  static uint64_t turned(uint64_t x, int k) { return x << k | x >> (64 - k); }
  uint64_t operator()() {
    uint64_t word = turned(state[0] + state[3], 23) + state[0], shifted = state[1] << 17;
    state[2] ^= state[0]; state[3] ^= state[1]; state[1] ^= state[2]; state[0] ^= state[3];
    state[2] ^= shifted; state[3] = turned(state[3], 45);
    return word;
  }
};

static double normalCumulative(double x) { return 0.5 * std::erfc(-x * M_SQRT1_2); }

int main(int count, char **arguments) {
  if (count != 3) return fprintf(stderr, "ladder UNITS TRIALS\n"), 64;
  const int units = atoi(arguments[1]), cohorts = 5, loans = 100;
  const long trials = atol(arguments[2]);
  const double quantile = -1.9599639845400545, rho = 0.12, phi = 0.4;
  Words words(1);
  std::normal_distribution<double> normal;
  long exhausted = 0;
  const clock_t start = clock();
  for (long trial = 0; trial < trials; ++trial) {
    double x = 0;
    int failed = 0;
    for (int cohort = 0; cohort < cohorts; ++cohort) {
      x = cohort ? phi * x + std::sqrt(1 - phi * phi) * normal(words) : normal(words);
      const double p = normalCumulative((quantile - std::sqrt(rho) * x) / std::sqrt(1 - rho));
      const uint64_t limit = (uint64_t)(p * 0x1p64);
      for (int loan = 0; loan < loans; ++loan) failed += words() < limit;
    }
    exhausted += failed > units;
  }
  const double seconds = double(clock() - start) / CLOCKS_PER_SEC;
  printf("%.6f %ld\n", seconds / trials * 1e6, exhausted);
}
