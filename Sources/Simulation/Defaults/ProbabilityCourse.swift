/// How a loan's annual probability of default changes over the months of the run and with its age.
public struct ProbabilityCourse: Hashable, Sendable {
  /// The multiplier of each month of the run, shape `[horizon]`.
  public var stress: [Double]

  /// The multipliers by age.
  public var ageCurve: AgeCurve

  /// Creates a course.
  public init(stress: [Double], ageCurve: AgeCurve = AgeCurve()) {
    self.stress = stress
    self.ageCurve = ageCurve
  }

  /// What multiplies an annual probability in a month of the run, of a loan so many months after its start.
  public func multiplier(in month: Int, age: Int) -> Double {
    stress[month] * ageCurve.factor(atAge: age)
  }

  /// The annual probability there.
  public func probability(_ annual: Double, in month: Int, age: Int) -> Double {
    min(annual * multiplier(in: month, age: age), 0.999999)
  }
}

/// How risky a loan is at its age: multipliers of the annual probability by months since the start.
public struct AgeCurve: Hashable, Sendable {
  /// Ages that share a multiplier.
  public struct Step: Hashable, Sendable {
    /// The first month since the start; it lasts until the next step.
    public let from: Int
    /// The multiplier.
    public let factor: Double

    /// Creates a step.
    public init(from: Int, factor: Double) {
      self.from = from
      self.factor = factor
    }
  }

  /// The steps, by rising age; before the first the multiplier is 1.
  public let steps: [Step]

  /// Creates a curve; without steps age makes no difference.
  ///
  /// - Precondition: The ages rise.
  public init(_ steps: [Step] = []) {
    precondition(
      zip(steps, steps.dropFirst()).allSatisfy { $0.from < $1.from }, "the ages of a curve rise")
    self.steps = steps
  }

  /// Whether age makes no difference.
  public var isFlat: Bool { steps.isEmpty }

  /// The number of the step that holds so many months after the start; 0 before the first.
  func step(atAge age: Int) -> Int { steps.count { $0.from <= age } }

  /// The multiplier so many months after the start.
  func factor(atAge age: Int) -> Double {
    let step = step(atAge: age)
    return step == 0 ? 1 : steps[step - 1].factor
  }
}
