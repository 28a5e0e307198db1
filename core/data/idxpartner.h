#pragma once

#include "core/base/result.h"

#include <QString>

namespace digitpad {

/// The two files of an IDX set.
struct IdxPair
{
    QString images;
    QString labels;
};

/// Whether the file begins as IDX files of images or labels do; its name does not matter.
bool isIdxFile(const QString& path);

/// The pair that an IDX file belongs to, whichever half of it it is: by names such as
/// "…-images-idx3-ubyte" and "…-labels-idx1-ubyte", both also ".idx3-ubyte" and ".gz"; otherwise the only
/// file in the same folder that has the other half's dimensions and as many items. Where there is none, or
/// more than one, the error says so. Looks into no more than 500 files.
Result<IdxPair> findIdxPair(const QString& path);

} // namespace digitpad
