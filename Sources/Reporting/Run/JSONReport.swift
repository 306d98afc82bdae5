import FundCore
import LossStatistics
import ResultFacts
import Simulation
import ReportForm

/// A report for programs. The order of keys is that of `Schemas/summary.schema.json`.
struct JSONReport {
  let report: RiskReport

  /// That of every report. Raised whenever a key changes its meaning or disappears.
  static let schemaVersion = 3

  var value: JSONValue {
    let estimates = report.estimates
    return [
      "schemaVersion": .integer(Self.schemaVersion),
      "provenance": provenance,
      "inputs": InputJSON.all(of: report.provenance),
      "intervalsLeaveOut": .string(HeadlineNotes(report: report).intervals.english),
      "precision": report.precision?.json ?? .null,
      "headlineReadings": HeadlineNotes(report: report).json,
      "headlineReadingsComplete": .bool(report.knowsHeadlineReadings),
      "funds": .array(estimates.funds.indices.map { fund($0) }),
      "differences": .array(estimates.differences.map { difference($0) }),
    ]
  }

  /// One fund.
  func fund(_ index: Int) -> JSONValue {
    let estimates = report.estimates
    let fund = estimates.funds[index]
    let description = report.funds[index]
    let years = report.years.map {
      YearsJSON(years: $0, fund: $0.funds[index], firstMonth: estimates.firstMonth)
    }
    return .object(
      words(of: fund, description)
        + [
          ("survival", .array(fund.timeline.map { survival($0) })),
          ("exhaustionByYear", .array(fund.exhaustionByYear.map { year($0) })),
          ("balanceByYear", .array(fund.exhaustionByYear.map { balance(of: fund, $0) })),
          ("exhaustionProbability", .probability(fund.exhaustion)),
          ("timeToExhaustion", time(fund.timeToExhaustion)),
          ("years", years?.value ?? .null),
          ("contributors", years?.contributors ?? .null),
        ]
        // The distributions of the run go by the names of their columns.
        + fund.amounts.entries.filter { $0.column.scope == .run }.map {
          (
            $0.column.name,
            $0.column == .neededCapital && !fund.certainty.definesCapital
              ? .null : .amount($0.estimates)
          )
        }
        + [
          ("compensationHistogram", histogram(fund.compensationHistogram)),
          (
            "capitalForSurvival",
            .array(fund.capitalForSurvival.map { .quantile($0, named: "survival") })
          ),
          ("survivalByInitial", .array(fund.survivalBySize.map { size($0) })),
          ("thresholds", .array(thresholds(fund, description))),
          (
            "thresholdReadings",
            .array(report.otherReadings[index].map { reading($0, description) })
          ),
          (
            "parties",
            .array(fund.parties.map { ["party": .string($0.party), "loss": .amount($0.loss)] })
          ),
        ] + filledUp(fund) + notDefined(description) + further(index))
  }

  /// What stands behind a fund's distributions.
  private func further(_ index: Int) -> [(key: String, value: JSONValue)] {
    let fund = report.estimates.funds[index]
    let divided = report.contributions?[index]
    let figures = FundFiguresJSON(fund: fund, outside: divided?.outside)
    let rare = report.rare.map {
      ("rare", RareJSON(figures: $0, fund: $0.funds[index], years: fund.exhaustionByYear).value)
    }
    return [
      ("cost", FundCostJSON.value(fund.cost)),
      ("outsideCover", figures.outsideCover),
      ("accounts", figures.accounts),
      ("contributions", divided.map { ContributionJSON(contributions: $0).value } ?? .null),
      ("controls", ControlNotes(fund: fund, trialCount: report.estimates.trialCount).json),
      ("notKnown", RunDoubts(report: report).json(index)),
      ("selfChecks", checks(fund.checks)),
    ] + [rare].compactMap { $0 }
  }

  /// Under which clause needed capital is not defined; nothing where it is.
  private func notDefined(_ fund: FundDescription) -> [(key: String, value: JSONValue)] {
    fund.clauseOnBalance.map { [("capitalNotDefinedUnder", .string($0.english))] } ?? []
  }

  /// What filling up gives by calendar year; nothing where the fund is not filled up.
  private func filledUp(_ fund: FundEstimates) -> [(key: String, value: JSONValue)] {
    let years = fund.filledUpByYear
    guard !years.isEmpty else { return [] }
    return [
      (
        "filledUpByYear",
        .array(years.map { ["year": .integer($0.year), "amount": .amount($0.amount)] })
      )
    ]
  }

  private func words(
    of fund: FundEstimates, _ description: FundDescription
  ) -> [(key: String, value: JSONValue)] {
    [
      ("name", .string(fund.name)),
      ("programme", .string(description.programme)),
      ("programmeTitle", .string(description.programmeTitle.english)),
      ("operatingModel", .string(description.operatingModel)),
      ("initial", .number(fund.initial.yuan)),
      ("shares", .array(description.shares.map { .share($0) })),
      ("claimDelayMonths", .integer(description.claimDelayMonths)),
      ("terms", .array(description.terms.map { .labelled($0) })),
      ("coverage", .coverage(description.coverage)),
    ]
  }

  private func survival(_ month: MonthEstimates) -> JSONValue {
    .probability(month.survival, at: "month", month.month)
  }

  private func year(_ year: YearOfRun) -> JSONValue {
    [
      "year": .integer(year.year), "lastMonth": .integer(year.lastMonth),
      "probability": .probability(year.exhaustion),
    ]
  }

  private func balance(of fund: FundEstimates, _ year: YearOfRun) -> JSONValue {
    [
      "year": .integer(year.year), "lastMonth": .integer(year.lastMonth),
      "balance": .amount(fund.balance(endOf: year)),
    ]
  }

  private func time(_ time: TimeEstimates) -> JSONValue {
    [
      "unit": "months",
      "restrictedMean": .estimate(time.restrictedMean),
      "meanIfExhausted": time.meanIfExhausted.map { .estimate($0) } ?? .null,
      "quantiles": .array(
        time.quantiles.map {
          [
            "level": .number($0.level.value), "value": .integer($0.months),
            "low": .integer($0.low), "high": .integer($0.high),
            "beyondHorizon": .bool($0.isBeyondHorizon), "reliable": .bool($0.isReliable),
            "trialsNeeded": $0.isReliable ? .null : .integer($0.level.reliableTrialCount),
          ]
        }),
    ]
  }

  private func size(_ point: SizeSurvival) -> JSONValue {
    ["initial": .number(point.initial.yuan), "survival": .probability(point.survival)]
  }

  private func histogram(_ histogram: AmountHistogram) -> JSONValue {
    [
      "start": .number(histogram.start), "width": .number(histogram.width),
      "counts": .array(histogram.ranges.map { .integer($0.successes) }),
      "beyond": .integer(histogram.beyond.successes),
    ]
  }

  /// The odds that any bank reaches each threshold under another reading.
  private func reading(_ odds: ReadingOdds, _ description: FundDescription) -> JSONValue {
    [
      "interpretation": .string(odds.interpretation), "reading": .string(odds.name),
      "text": .string(odds.text.english),
      "odds": .array(
        zip(description.thresholds, odds.anyBank).map { threshold, odds in
          ["threshold": .string(threshold.id), "everBreached": .probability(odds)]
        }),
    ]
  }

  private func thresholds(
    _ fund: FundEstimates, _ description: FundDescription
  ) -> [JSONValue] {
    zip(fund.thresholds, description.thresholds).flatMap { threshold, text in
      (threshold.banks + [threshold.anyBank]).map { breach in
        [
          "bank": breach.bank.map { .string($0) } ?? .null,
          "threshold": .string(text.id),
          "level": .number(threshold.level.value),
          "effect": .string(text.effect),
          "article": .string(text.article.description),
          "ratio": .string(text.ratio.english),
          "reading": .string(text.reading.english),
          "everBreached": .probability(breach.ever),
          "breachedByYear": .array(
            fund.exhaustionByYear.map { year in
              .probability(breach.byMonth[year.lastMonth], at: "lastMonth", year.lastMonth)
            }),
          "meanNumerator": breach.meanPart.map { .number($0) } ?? .null,
          "meanDenominator": breach.meanWhole.map { .number($0) } ?? .null,
        ]
      }
    }
  }

  private func checks(_ checks: SelfChecks) -> JSONValue {
    [
      "hold": .bool(checks.hold),
      "unbalancedTrials": .integer(checks.unbalancedTrials),
      "undividedTrials": .integer(checks.undividedTrials),
      "capitalMismatches": .integer(checks.capitalMismatches),
      "simulatedDefaults": .estimate(checks.simulatedDefaults),
      "expectedDefaults": checks.expectedDefaults.map { .number($0) } ?? .null,
      "defaultsDeviation": checks.defaultsDeviation.map { .number($0) } ?? .null,
      "defaultsByMonth": defaultsByMonth(checks.defaultsByMonth),
      "claimsAfterHorizon": .number(checks.claimsAfterHorizon),
      "recoveriesAfterHorizon": .number(checks.recoveriesAfterHorizon),
    ]
  }

  private func defaultsByMonth(_ check: DefaultMonthsCheck) -> JSONValue {
    [
      "hold": check.holds.map { .bool($0) } ?? .null,
      "notComputed": check.missing.map { .string($0.english) } ?? .null,
      "limit": check.limit.map { .number($0) } ?? .null,
      "largestDeviation": check.largest.map { deviation in
        [
          "fromMonth": .integer(deviation.months.lowerBound),
          "untilMonth": .integer(deviation.months.upperBound),
          "simulated": .number(deviation.simulated), "expected": .number(deviation.expected),
          "standardErrors": deviation.errors.isFinite ? .number(deviation.errors) : .null,
        ]
      } ?? .null,
      "months": .array(
        check.months.enumerated().map { month, item in
          [
            "month": .integer(month), "simulated": .number(item.simulated.value),
            "standardError": item.simulated.standardError.map { .number($0) } ?? .null,
            "expected": item.expected.map { .number($0) } ?? .null,
          ]
        }),
    ]
  }

  private func difference(_ item: FundDifference) -> JSONValue {
    [
      "fund": .string(item.fund), "reference": .string(item.reference),
      "exhaustionProbability": .estimate(item.exhaustion),
      "compensation": .estimate(item.compensation),
      "bankLoss": .estimate(item.bankLoss),
      "netPresentValue": item.netPresentValue.map { .estimate($0) } ?? .null,
      "netCosts": FundCostJSON.differences(item),
    ]
  }
}
