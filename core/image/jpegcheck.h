#pragma once

#include <QByteArray>

namespace digitpad {

/// Whether a JPEG file has its end-of-image marker where the format wants it. Decoders paint what is missing
/// of a file that was cut off grey, without a word.
bool jpegIsWhole(const QByteArray& file);

} // namespace digitpad
