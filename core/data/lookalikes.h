#pragma once

#include <QString>

namespace digitpad {

/// Whether a drawing with that label, none of "0" to "9", may still look like a digit once it stands alone in
/// a box of 20 px, where its size and its place on the line are gone. Such drawings are neither learned nor
/// measured as "no digit", or the network would be taught that some people's ones are none.
///
/// These are the signs whose plain shape is a digit's: O and o (0), I, i, l and | (1), Z and z (2), S and s
/// (5), b and G (6), B (8), g and q (9), Q (0 or 9), L (a 1 with a foot, or 6), their Greek and Cyrillic
/// likes, a degree sign, an integral, numbers of every script; and every label with a number in it, "12" or
/// "7?", as nobody knows what else was meant.
///
/// Slanted lines stay: / ' and , are near to a slanted 1 and yet not the same. Of the seven nearest
/// neighbours of each, among 12,861 UNIPEN drawings from other sources, two fifths are no digits; two thirds
/// of them have more ones around than other signs, but of the ones only a tenth have more other signs. As
/// rare as they are in writing, against thousands of ones, they leave steep strokes a 1 and teach what lies
/// beyond.
bool looksLikeADigit(const QString& label);

} // namespace digitpad
