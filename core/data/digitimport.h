#pragma once

#include "core/base/result.h"
#include "core/ink/inkfile.h"

#include <QByteArray>
#include <QSet>
#include <QString>

#include <vector>

namespace digitpad {

struct ImportCounts
{
    int added = 0;
    int duplicates = 0; ///< Drawings that are there already, under whatever label.
    int skipped = 0;    ///< Lines that are no labelled digits.
};

/// What another collection would add to one.
struct DigitImport
{
    struct Digit
    {
        QByteArray line; ///< As it stands there, without the newline.
        InkSample sample;
    };
    std::vector<Digit> digits;
    ImportCounts counts;
};

/// A hash of points and widths, whatever the label and the text that they were read from.
QByteArray drawingKey(const Ink& ink);

/// Reads a collection (.jsonl, .jsonl.gz) for drawings whose key is not in `known`. One without a single
/// labelled digit is an error, and so is one of more than 256 MiB of new drawings.
Result<DigitImport> readImport(const QString& path, QSet<QByteArray> known);

} // namespace digitpad
