public import FundCore

/// The controls of a planning page: what a planner can move, with what the text says of each.
public struct PlanSheet: Sendable, Hashable {
  /// Controls that belong together: a fund's, or those of the loans.
  public struct Group: Sendable, Hashable {
    /// A short name in ASCII letters.
    public var id: String
    /// The heading.
    public var heading: LocalizedText
    /// What is moved most.
    public var controls: [Control]
    /// What is folded.
    public var further: [Control]
    /// What the fold is called.
    public var furtherTitle: LocalizedText

    /// Creates a group.
    public init(
      _ id: String, _ heading: LocalizedText, _ controls: [Control], further: [Control] = [],
      furtherTitle: LocalizedText = .empty
    ) {
      (self.id, self.heading, self.controls) = (id, heading, controls)
      (self.further, self.furtherTitle) = (further, furtherTitle)
    }
  }

  /// One control.
  public struct Control: Sendable, Hashable {
    /// How it is moved.
    public enum Kind: Sendable, Hashable {
      /// A slider with a box, which takes numbers beyond the slider's ends too.
      case number(PlanRange)
      /// One of several.
      case choice([Choice])
    }

    /// One of the things that can be chosen.
    public struct Choice: Sendable, Hashable {
      /// What is sent.
      public var value: String
      /// What is read.
      public var label: LocalizedText

      /// Creates one.
      public init(_ value: String, _ label: LocalizedText) {
        (self.value, self.label) = (value, label)
      }
    }

    /// The place of the scenario that it moves, unlike those of all other controls.
    public var id: String
    /// What it is called.
    public var name: LocalizedText
    /// How it is moved.
    public var kind: Kind
    /// Where it stands: a number in the range's unit, or the value of a choice.
    public var value: String
    /// What the text says of it, with the article; empty where it says nothing.
    public var source: LocalizedText

    /// Creates a control.
    public init(
      _ id: String, _ name: LocalizedText, _ kind: Kind, value: String,
      source: LocalizedText = .empty
    ) {
      (self.id, self.name, self.kind) = (id, name, kind)
      (self.value, self.source) = (value, source)
    }
  }

  /// The groups, in their order.
  public var groups: [Group]

  /// Creates a sheet.
  public init(_ groups: [Group]) { self.groups = groups }

  /// All controls.
  public var controls: [Control] { groups.flatMap { $0.controls + $0.further } }
}

/// Where a slider can stand.
public struct PlanRange: Sendable, Hashable {
  /// What the numbers count.
  public enum Unit: String, Sendable, Hashable {
    /// 10,000 yuan.
    case tenThousandYuan
    /// Per cent.
    case percent
    /// Months.
    case months
    /// Times of what the scenario says.
    case times
    /// A number without a unit.
    case plain

    /// What stands behind the box.
    public var words: LocalizedText {
      switch self {
      case .tenThousandYuan: .init(en: "×10,000 yuan", zh: "万元")
      case .percent: .init(en: "%", zh: "%")
      case .months: .init(en: "months", zh: "个月")
      case .times: .init(en: "times", zh: "倍")
      case .plain: .empty
      }
    }

    /// A number as a scenario file writes it.
    public func written(_ number: String) -> String {
      switch self {
      case .tenThousandYuan: number + "万"
      case .percent: number + "%"
      case .months: number + " months"
      case .times, .plain: number
      }
    }
  }

  /// The lowest place.
  public var low: Double
  /// The highest place.
  public var high: Double
  /// From one place to the next.
  public var step: Double
  /// What the numbers count.
  public var unit: Unit

  /// Creates a range.
  public init(_ low: Double, _ high: Double, step: Double, _ unit: Unit) {
    (self.low, self.high, self.step, self.unit) = (low, high, step, unit)
  }
}
