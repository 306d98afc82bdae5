import Charts
import Simulation

/// One colour for one meaning, in all charts of a page and on all pages.
///
/// | meaning | tone |
/// |---|---|
/// | fund i: its survival, balance, payouts, card, and its own part of a loss | `series(i)` |
/// | the tail of its payouts | hatched in `series(i)` |
/// | who else bears a loss: bank, guarantor, insurer, others, outside cover | `part` |
/// | the whole of several parts | `total` |
/// | probability or amount in a field of a heat map, thresholds too | violet, darker for more |
/// | what a row of a study is about: compensation, probability, difference | `plain` |
/// | an input a step down, a step up | `shade(0)`, `shade(3)` |
/// | one fund at several times, or a model's several statements | `shade`, darker for later |
/// | a group's part of the lending, of an average | `shade(0)`, `shade(2)` |
/// | what was observed, and every mark such as a quantile | `ink` |
enum ChartColours {
  /// A fund of the scenario, counted from 0.
  static func fund(_ index: Int) -> ChartTone { .series(index) }

  /// A party to a loss; the fund itself has its own colour.
  static func party(_ party: String, fund index: Int) -> ChartTone {
    rank(ofParty: party) == 0 ? fund(index) : .part(rank(ofParty: party) - 1)
  }

  /// The order of parties in legends and bars.
  static func rank(ofParty party: String) -> Int {
    switch party {
    case "fund": 0
    case "bank": 1
    case "guarantor": 2
    case "insurer": 3
    case PartyEstimates.outsideCover: 6
    case "province": 4
    default: 5
    }
  }

  /// What a row of a study is about.
  static let row = ChartTone.plain
  /// A step of an input down.
  static let stepDown = ChartTone.shade(0)
  /// A step of an input up.
  static let stepUp = ChartTone.shade(3)
  /// A group's part of the lending.
  static let lent = ChartTone.shade(0)
  /// A group's part of an average.
  static let average = ChartTone.shade(2)
  /// What was observed.
  static let observed = ChartTone.ink
  /// What a model makes of it.
  static let modelled = ChartTone.shade(1)

  /// One of several times of one fund, the last the darkest.
  static func time(_ index: Int, of count: Int) -> ChartTone {
    .shade(max(0, ChartTone.shadeCount - count + index))
  }
}
