/// How raw figures become scores from 1 to 5.
package enum RFMConvention: String, Sendable, CaseIterable {
  /// 1 + ⌊5 · (number of customers strictly worse) / n⌋: equal customers always score alike.
  case tieSafe = "tie-safe"
  /// SQL's NTILE(5): fifths by rank, the worst fifths one larger where n is no multiple of 5;
  /// equal customers are ranked by identifier.
  case ntile
  /// The recipe of the usual tutorials, pandas' `qcut`: fifths at the interpolated quantiles of
  /// the values for recency and money, of the first-come ranks (by identifier) for frequency; and
  /// of ranks for any part whose quantiles coincide.
  case tutorial
}
