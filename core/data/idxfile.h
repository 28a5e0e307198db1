#pragma once

#include "core/base/result.h"
#include "core/data/digitset.h"
#include "core/data/readingmonitor.h"
#include "core/image/grayimage.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace digitpad {

/// Reads images of an IDX file (unsigned bytes, three dimensions; plain or gzip) one after the other, in
/// constant memory. Wrong magic, a truncated or overlong file and broken gzip are errors that name the file.
class IdxImageReader
{
public:
    static Result<std::unique_ptr<IdxImageReader>> open(const std::string& path);
    virtual ~IdxImageReader() = default;

    [[nodiscard]] virtual std::int64_t count() const = 0;
    [[nodiscard]] virtual int width() const = 0;
    [[nodiscard]] virtual int height() const = 0;
    /// False at the end, after having checked that nothing follows the last image.
    virtual Result<bool> next(GrayImage& image) = 0;
};

/// Labels 0 to 9 (unsigned bytes, one dimension; plain or gzip).
Result<std::vector<std::uint8_t>> readIdxLabels(const std::string& path);

/// Both files of a set. 28×28 images are taken as they are; others pass the normaliser. The counts must
/// agree.
Result<DigitSet> readIdxPair(const std::string& imagesPath, const std::string& labelsPath, std::string name,
                             const ReadingMonitor& monitor = {});

/// What the first bytes of a file say of an IDX file of unsigned bytes.
struct IdxShape
{
    int dimensions = 0;
    std::uint32_t count = 0; ///< Along the first of them.
};
/// None where the file is no such file, or cannot be read.
std::optional<IdxShape> idxShape(const std::string& path);

} // namespace digitpad
