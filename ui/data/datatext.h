#pragma once

#include "core/data/datasource.h"

#include <QString>

namespace digitpad {

/// The words of the Data tab, apart from its widgets.

/// "7", or "no digit".
QString className(int label);
/// "1 image", "60,000 images"
QString imagesText(qint64 count);
/// "47.1 MB", "12 kB": powers of ten.
QString bytesText(qint64 bytes);
/// What a person calls the source: "MNIST", "Synthetic digits", or the name of its file or folder.
QString sourceName(const DataSource& source);

} // namespace digitpad
