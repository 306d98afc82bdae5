import CompensationKernel

/// The places of the parties that every programme may name.
extension PartyPlace {
  static let province = PartyPlace.first
  static let guarantor = PartyPlace.second
  static let insurer = PartyPlace.third
}
