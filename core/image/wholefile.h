#pragma once

#include <QByteArray>

namespace digitpad {

/// Whether nothing is missing at the end of a picture file, for the formats whose decoders would paint what
/// is missing grey or black without a word: JPEG and uncompressed BMP. True for all others. `format` is
/// QImageReader's name.
bool isWholePicture(const QByteArray& file, const QByteArray& format);

} // namespace digitpad
