import RandomStreams

// What is recovered of a trial's defaults: drawn for a whole list at once.
extension RecoveryModel {
  /// Draws part and lag for the defaults of a trial, from one word a loan. Its address is the loan's
  /// identity, whatever else happens in the trial, and wherever the loan stands: what no fund can
  /// receive in time need not be drawn.
  ///
  /// The lag takes the word's lower half: `UniformDraw.integer(in:fromLowerHalf:)`. The part takes
  /// the upper 52 bits as a uniform number, of which the lag has 20, worth less than 2⁻³² together:
  /// given the lag, the part's law is the same but for that.
  ///
  /// - Parameters:
  ///   - periods: For the defaults of so many periods from the start.
  ///   - drawn: The law of the part in this trial; that of the model if `nil`.
  ///   - words: The trial's words.
  ///   - visit: Hears of each place on the way, and whom it belongs to: nobody goes the way twice.
  @inline(__always)
  func draw(
    for defaults: TrialDefaults, ofPeriods periods: Int, under drawn: Part? = nil,
    words: SplitMix64, visit: (_ place: Int, DefaultWalk.Candidate) -> Void = { _, _ in }
  ) {
    let (places, candidates) = (defaults.places, defaults.candidates.items)
    let end = defaults.placeCount(ofPeriods: periods)
    draw(at: 0..<end, of: places, under: drawn) { place in
      let candidate = candidates[Int(places[place].number)]
      visit(place, candidate)
      return words.word(at: candidate.identity)
    }
    miss(at: end..<defaults.placeCount, of: places) { place in
      visit(place, candidates[Int(places[place].number)])
    }
  }

  /// Draws part and lag at some places.
  ///
  /// - Parameters:
  ///   - drawn: The law of the part; that of the model if `nil`.
  ///   - word: Finds the word of a place.
  @inline(__always)
  func draw(
    at range: Range<Int>, of places: UnsafeMutableBufferPointer<DefaultPlace>,
    under drawn: Part? = nil, word: (_ place: Int) -> UInt64
  ) {
    switch drawn ?? part {
    case .fixed(let value): fill(range, of: places, word) { _ in value }
    case .beta(let table): fill(range, of: places, word) { table.value(from: $0) }
    case .loadedBeta: fill(range, of: places, word) { UniformDraw.unit(from: $0) }
    }
  }

  @inline(__always)
  private func fill(
    _ range: Range<Int>, of places: UnsafeMutableBufferPointer<DefaultPlace>,
    _ word: (Int) -> UInt64, _ part: (UInt64) -> Double
  ) {
    let lag = lag
    for place in range {
      let word = word(place)
      places[place].lag = Int16(
        truncatingIfNeeded: UniformDraw.integer(in: lag, fromLowerHalf: word))
      places[place].part = part(word)
    }
  }

  /// Notes at some places that their recoveries come too late.
  @inline(__always)
  func miss(
    at range: Range<Int>, of places: UnsafeMutableBufferPointer<DefaultPlace>,
    visit: (_ place: Int) -> Void
  ) {
    let lag = Int16(truncatingIfNeeded: lag.upperBound)
    for place in range {
      visit(place)
      places[place].lag = lag
      places[place].part = 0
    }
  }
}
