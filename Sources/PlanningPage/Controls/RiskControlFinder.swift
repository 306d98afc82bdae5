import DocumentReading
import FundCore
import ReportForm
import ScenarioInput

/// Finds the controls of the loans: lending, probabilities, correlation, recovery.
struct RiskControlFinder {
  let document: ScenarioDocument
  let scenario: Scenario

  var group: PlanControls.Group {
    PlanControls.Group(
      id: "loans", heading: .init(en: "Loans and the cycle", zh: "贷款与经济周期"),
      controls: lending + probabilities + correlation + recovery + writeOff)
  }

  private func entries(_ path: String) -> [DocumentEntry] {
    document.tree.node(at: path)?.entries ?? []
  }

  /// A number at a path; `nil` where there is none, or something else.
  private func number(_ path: String) -> Double? {
    guard let text = document.tree.node(at: path)?.text,
      case .success(let value) = Scalar.probability(text)
    else { return nil }
    return value
  }

  private var lending: [PlannedControl] {
    let path = "portfolio.generate.loansPerMonth"
    if let text = document.tree.node(at: path)?.text, let value = Double(text) {
      return [
        PlannedControl(
          .value(path: path), id: path, .init(en: "lending: loans a month", zh: "放款：每月笔数"),
          .around(value, .plain), at: value)
      ]
    }
    let factor = "portfolio.lending"
    let value = document.tree.node(at: factor)?.text.flatMap { Double($0) } ?? 1
    return [
      PlannedControl(
        .value(path: factor), id: factor, .init(en: "lending of the loan tape", zh: "贷款台账的放款规模"),
        PlanRange(0.1, max(3, value.rounded(.up)), step: 0.1, .times), at: value
      ).saying(
        .init(en: "whole enterprises are taken again, or left out", zh: "整户增减"))
    ]
  }

  private var probabilities: [PlannedControl] {
    var controls: [PlannedControl] = []
    if let value = number("defaults.pd") {
      controls.append(percent("defaults.pd", .init(en: "PD a year", zh: "年违约概率"), value))
    }
    for entry in entries("defaults.grades") {
      let (grade, path) = (entry.key.value, "defaults.grades.\(entry.key.value)")
      guard !grade.contains("."), let value = number(path) else { continue }
      controls.append(
        percent(path, .init(en: "PD of grade \(grade)", zh: "\(grade)级年违约概率"), value))
    }
    controls.append(
      PlannedControl(
        .stress, id: "defaults.stress", .init(en: "all PDs, times", zh: "全部违约概率的倍数"),
        PlanRange(0.2, 5, step: 0.1, .times), at: 1))
    return controls
  }

  private func percent(_ path: String, _ name: LocalizedText, _ value: Double) -> PlannedControl {
    let high = max(5, (value * 400).rounded(.up))
    return PlannedControl(
      .value(path: path), id: path, name, PlanRange(0, min(high, 99), step: 0.1, .percent),
      at: value * 100)
  }

  private var correlation: [PlannedControl] {
    var controls: [PlannedControl] = []
    func add(_ path: String, _ name: LocalizedText) {
      guard let value = number(path) else { return }
      controls.append(
        PlannedControl(
          .value(path: path), id: path, name, PlanRange(0, 0.9, step: 0.01, .plain), at: value))
    }
    for (key, name) in [
      ("assetCorrelation", LocalizedText(en: "asset correlation", zh: "资产相关系数")),
      ("factorLoading", LocalizedText(en: "factor loading", zh: "因子载荷")),
    ] {
      add("defaults.\(key)", name)
      for entry in entries("defaults.\(key)") where !entry.key.value.contains(".") {
        let sector = entry.key.value
        add("defaults.\(key).\(sector)", .init(en: "\(name), \(sector)", zh: "\(name)，\(sector)"))
      }
    }
    add("defaults.factor.persistence", .init(en: "persistence of the cycle", zh: "因子持续性"))
    return controls
  }

  private var recovery: [PlannedControl] {
    [
      ("recovery.mean", LocalizedText(en: "mean recovery", zh: "平均追偿率"), 100.0),
      (
        "recovery.standardDeviation", LocalizedText(en: "deviation of recovery", zh: "追偿率标准差"), 49.0
      ),
    ].compactMap { path, name, high in
      number(path).map {
        PlannedControl(
          .value(path: path), id: path, name, PlanRange(0, high, step: 1, .percent), at: $0 * 100)
      }
    }
  }

  /// When overdue principal is written off, where the file says it.
  private var writeOff: [PlannedControl] {
    let path = "recovery.writeOffMonths"
    guard document.tree.node(at: path) != nil else { return [] }
    let months = ["12", "24", "36", "60"]
    let own = scenario.recovery.writeOffMonths.map { "\($0)" } ?? "never"
    let all = (months + (months.contains(own) || own == "never" ? [] : [own])).sorted {
      (Int($0) ?? 0) < (Int($1) ?? 0)
    }
    return [
      PlannedControl(
        .value(path: path), id: path,
        .init(en: "overdue principal is written off", zh: "逾期本金的核销"),
        [PlanSheet.Control.Choice("never", .init(en: "never", zh: "不核销"))]
          + all.map {
            PlanSheet.Control.Choice($0, .init(en: "after \($0) months", zh: "\($0)个月后"))
          }, at: own)
    ]
  }
}
