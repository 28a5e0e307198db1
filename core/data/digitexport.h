#pragma once

#include "core/base/result.h"
#include "core/data/digitset.h"
#include "core/data/readingmonitor.h"

#include <QString>

#include <cstddef>
#include <span>

namespace digitpad {

/// Writes the samples at `indices` as an IDX pair: `imagesPath`, whose name contains "images", and beside it
/// the labels, with "labels" and "idx1" in the places of "images" and "idx3". A name without "images" gets
/// "-images-idx3-ubyte" and "-labels-idx1-ubyte" appended. Each file is there whole or as it was before.
/// Images that are no digit have no label there and are an error. Gives the path of the images.
Result<QString> writeIdxPair(const DigitSet& set, std::span<const std::size_t> indices,
                             const QString& imagesPath);

/// Writes each of the samples into the folder as a 28×28 picture, ink bright, named by its label and index:
/// "7-000123.png" ("x-000123.png" for what is no digit), or "7-000123-2.png" where there is one already:
/// nothing is replaced. Read back as a folder of pictures they are the same bytes. `monitor` is asked before
/// each.
Result<void> writePictures(const DigitSet& set, std::span<const std::size_t> indices, const QString& folder,
                           const ReadingMonitor& monitor = {});

} // namespace digitpad
