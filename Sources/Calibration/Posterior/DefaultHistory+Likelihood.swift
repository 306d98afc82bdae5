extension DefaultHistory {
  /// The log-likelihood of parameters: the yearly factors are integrated out, all grades inside each
  /// year's integral.
  ///
  /// To 1e-6 or better, however many loans are at risk. With yearly assessment the defaults of a
  /// grade are binomial given the factor, and the number of ways counts; with monthly assessment the
  /// loans are known one by one, and it does not.
  public func logLikelihood(_ parameters: FactorParameters) -> Double {
    logLikelihood(FactorPoint(parameters))
  }

  /// The law of the last year's factor given the whole history, in which that year may have just
  /// begun: the filter.
  public func currentFactor(_ parameters: FactorParameters) -> FactorLaw {
    let point = FactorPoint(parameters)
    return FactorFilter(terms(point), persistence: point.persistence).current
  }

  /// The law of every year's factor given the whole history: the smoother.
  public func factors(_ parameters: FactorParameters) -> [FactorLaw] {
    let point = FactorPoint(parameters)
    return FactorFilter(terms(point), persistence: point.persistence).smoothed
  }

  func logLikelihood(_ point: FactorPoint) -> Double {
    let terms = terms(point)
    guard point.persistence > 0, point.correlation > 0, terms.count > 1 else {
      return terms.reduce(0) { $0 + $1.logIntegral }
    }
    return FactorFilter(terms, persistence: point.persistence).logLikelihood
  }

  private func terms(_ point: FactorPoint) -> [YearTerms] {
    cells.map { YearTerms($0, assessment, at: point) }
  }
}
