// The benchmark's law, written plainly: loan by loan, with the standard library's tools and
// xoshiro256++ for the words. A peer to hold the engine against; it knows this one fund only.
//
//   clang++ -O3 -std=c++17 -o plain plain.cpp && ./plain portfolio.csv TRIALS INITIAL MINIMUM
//
// Amounts are in fen and rounded half up, as in the engine; Beta draws are two gamma draws.
#include <algorithm>
#include <ctime>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

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
  double unit() { return ((*this)() >> 11) * 0x1p-53; }
};

struct Loan { int bank, start, term, grade; int64_t principal; };

static double normalCumulative(double x) { return 0.5 * std::erfc(-x * M_SQRT1_2); }

static double normalQuantile(double p) {
  double low = -10, high = 10;
  for (int step = 0; step < 200; ++step) {
    double middle = (low + high) / 2;
    (normalCumulative(middle) < p ? low : high) = middle;
  }
  return low;
}

int main(int count, char **arguments) {
  if (count != 5) return fprintf(stderr, "plain portfolio.csv TRIALS INITIAL MINIMUM\n"), 64;
  const int T = 60, banks = 8, periods = 5;
  const double pds[] = {.003, .006, .01, .015, .022, .035, .06, .12}, rho = .12, phi = .5;
  std::vector<Loan> loans;
  std::ifstream file(arguments[1]);
  std::string line, cell[14];
  for (std::getline(file, line); std::getline(file, line);) {
    std::stringstream cells(line);
    for (auto &text : cell) std::getline(cells, text, ',');
    int start = (std::stoi(cell[7].substr(0, 4)) - 2024) * 12 + std::stoi(cell[7].substr(5, 2)) - 1;
    loans.push_back({cell[2][0] - 'A', start, std::stoi(cell[8]), cell[6][0] - 'a',
                     (int64_t)std::llround(std::stod(cell[9]) * 100)});
  }
  const int trials = std::atoi(arguments[2]);
  const int64_t initial = std::atoll(arguments[3]) * 100, minimum = std::atoll(arguments[4]) * 100;
  const int64_t fee = (initial * 3 + 500) / 1000;
  double arguments0[8][3];
  for (int grade = 0; grade < 8; ++grade)
    for (int term = 0; term < 3; ++term)
      arguments0[grade][term] =
          normalQuantile(1 - std::pow(1 - pds[grade], (6 + 3 * term) / 12.0));
  std::vector<int64_t> disbursed(banks * T, 0);
  for (auto &loan : loans) disbursed[loan.bank * T + loan.start] += loan.principal;
  for (int bank = 0; bank < banks; ++bank)
    for (int month = 1; month < T; ++month)
      disbursed[bank * T + month] += disbursed[bank * T + month - 1];
  const double mean = .556, sd = .212, sum = mean * (1 - mean) / (sd * sd) - 1;
  double paidSum = 0, paidSquares = 0, defaultSum = 0;
  int exhausted = 0;
  // Processor time: others on the machine do not lengthen it, as they do the time on the wall.
  auto begin = std::clock();
  for (int trial = 0; trial < trials; ++trial) {
    Words words(1000003ull * trial + 7);
    std::normal_distribution<double> normal;
    std::gamma_distribution<double> first(mean * sum, 1), second((1 - mean) * sum, 1);
    double limit[periods][8][3], x = 0;
    for (int period = 0; period < periods; ++period) {
      x = period ? phi * x + std::sqrt(1 - phi * phi) * normal(words) : normal(words);
      for (int grade = 0; grade < 8; ++grade)
        for (int term = 0; term < 3; ++term)
          limit[period][grade][term] = normalCumulative(
              (arguments0[grade][term] - std::sqrt(rho) * x) / std::sqrt(1 - rho));
    }
    std::vector<int> due[T];
    for (size_t index = 0; index < loans.size(); ++index) {
      const Loan &loan = loans[index];
      int month = loan.start + loan.term;
      if (month >= T) continue;
      if (words.unit() < limit[month / 12][loan.grade][loan.term / 3 - 2])
        due[month].push_back((int)index);
    }
    std::vector<int64_t> returns(T + 25, 0), owed(banks, 0);
    std::vector<int> suspended(banks, T);
    int64_t balance = initial, paid = 0;
    bool isExhausted = false;
    for (int month = 0; month < T; ++month) {
      if (month) balance += (int64_t)(((__int128)balance * 14400 + 6000000) / 12000000);
      balance += returns[month];
      for (int index : due[month]) {
        const Loan &loan = loans[index];
        ++defaultSum;
        if (loan.start > suspended[loan.bank]) continue;
        int64_t claim = std::min<int64_t>((loan.principal * 8 + 5) / 10, 150000000);
        int64_t payment = std::min(claim, balance);
        if (payment < claim) isExhausted = true;
        balance -= payment;
        paid += payment;
        owed[loan.bank] += claim;
        int64_t whole = disbursed[loan.bank * T + month];
        if (whole >= minimum && owed[loan.bank] * 20 >= whole && suspended[loan.bank] == T)
          suspended[loan.bank] = month;
        double a = first(words), b = second(words);
        int64_t recovered = (int64_t)(a / (a + b) * loan.principal + .5);
        int lag = 12 + (int)(words.unit() * 13);
        if (payment > 0 && month + lag < T) returns[month + lag] += (recovered + 1) / 2;
      }
      if (month % 12 == 11) balance -= std::min(balance, fee);
    }
    paidSum += paid / 100.0;
    paidSquares += paid / 100.0 * (paid / 100.0);
    exhausted += isExhausted;
  }
  double seconds =
      double(std::clock() - begin) / CLOCKS_PER_SEC;
  const double paid = paidSum / trials;
  printf("%.3f us a trial, %.2f defaults, compensation %.0f, deviation %.0f, exhausted %.4f\n",
         seconds / trials * 1e6, defaultSum / trials, paid,
         std::sqrt(std::max(0.0, paidSquares / trials - paid * paid)), (double)exhausted / trials);
}
