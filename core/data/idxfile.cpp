#include "core/data/idxfile.h"

#include "core/base/gzipreader.h"
#include "core/image/normalizer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace digitpad {

namespace {

constexpr std::uint8_t unsignedBytes = 0x08;
constexpr std::uint32_t maximumSide = 4096;
/// 78 GB as images: far above any set, and low enough to refuse what is no count at all.
constexpr std::uint32_t maximumCount = 100'000'000;
/// More are possible; memory is taken ahead for these only, as labels pack small in gzip.
constexpr std::size_t reservedImages = 1'000'000;
constexpr std::size_t imagesBetweenQuestions = 256;
constexpr std::size_t chunkBytes = std::size_t{1} << 20U;

Error invalid(const std::string& path, const std::string& what)
{
    return {ErrorCode::InvalidInput, quoted(path) + " " + what};
}

/// Reads until the span is full or the file ends.
Result<std::size_t> readFully(GzipReader& file, std::span<std::uint8_t> bytes)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto count = file.read(bytes.data() + done, std::min(bytes.size() - done, chunkBytes));
        if (!count) {
            return count.error();
        }
        if (*count == 0) {
            break;
        }
        done += *count;
    }
    return done;
}

/// Nothing may follow the last item: what follows would have been left out without a word.
Result<void> expectEnd(GzipReader& file)
{
    std::uint8_t extra = 0;
    const auto count = file.read(&extra, 1);
    if (!count) {
        return count.error();
    }
    if (*count > 0) {
        return invalid(file.path(), "is longer than its header says; get the file again.");
    }
    return {};
}

std::uint32_t bigEndian(const std::uint8_t* bytes)
{
    return std::uint32_t{bytes[0]} << 24U | std::uint32_t{bytes[1]} << 16U | std::uint32_t{bytes[2]} << 8U |
           bytes[3];
}

Result<void> checkMagic(const std::string& path, const std::array<std::uint8_t, 4>& magic,
                        std::size_t dimensions)
{
    if (magic[0] != 0 || magic[1] != 0) {
        return invalid(path, "is no IDX file; choose one such as train-images-idx3-ubyte.");
    }
    if (magic[2] != unsignedBytes) {
        return invalid(path, "holds no unsigned bytes (IDX type " + std::to_string(magic[2]) +
                                 " instead of 8); choose a file whose name ends in “ubyte”.");
    }
    if (magic[3] != dimensions) {
        return invalid(path, "has " + std::to_string(magic[3]) + " dimensions instead of " +
                                 std::to_string(dimensions) +
                                 (dimensions == 3 ? "; images belong here." : "; labels belong here."));
    }
    return {};
}

/// The sizes of an IDX file's dimensions, `dimensions` many.
template <std::size_t dimensions>
Result<std::array<std::uint32_t, dimensions>> readHeader(GzipReader& file)
{
    std::array<std::uint8_t, 4> magic{};
    const auto magicBytes = readFully(file, magic);
    if (!magicBytes) {
        return magicBytes.error();
    }
    if (*magicBytes < magic.size()) {
        return invalid(file.path(), "is too short for an IDX file; get the file again.");
    }
    if (const auto checked = checkMagic(file.path(), magic, dimensions); !checked) {
        return checked.error();
    }
    std::array<std::uint8_t, 4 * dimensions> bytes{};
    const auto sizeBytes = readFully(file, bytes);
    if (!sizeBytes) {
        return sizeBytes.error();
    }
    if (*sizeBytes < bytes.size()) {
        return invalid(file.path(), "is cut off within its header; get the file again.");
    }
    std::array<std::uint32_t, dimensions> sizes{};
    for (std::size_t i = 0; i < dimensions; ++i) {
        sizes[i] = bigEndian(bytes.data() + 4 * i);
    }
    return sizes;
}

Error tooMany(const std::string& path, std::uint32_t count)
{
    return invalid(path, "says that it holds " + std::to_string(count) + " items, more than " +
                             std::to_string(maximumCount) + "; get the file again.");
}

class FileImageReader final : public IdxImageReader
{
public:
    FileImageReader(GzipReader file, std::int64_t count, int width, int height)
        : m_file(std::move(file))
        , m_count(count)
        , m_width(width)
        , m_height(height)
    {
    }

    [[nodiscard]] std::int64_t count() const override { return m_count; }
    [[nodiscard]] int width() const override { return m_width; }
    [[nodiscard]] int height() const override { return m_height; }
    Result<bool> next(GrayImage& image) override;

private:
    GzipReader m_file;
    std::int64_t m_count;
    std::int64_t m_done = 0;
    int m_width;
    int m_height;
};

Result<bool> FileImageReader::next(GrayImage& image)
{
    if (m_done == m_count) {
        if (const auto ended = expectEnd(m_file); !ended) {
            return ended.error();
        }
        return false;
    }
    if (image.width != m_width || image.height != m_height) {
        image = GrayImage(m_width, m_height);
    }
    const auto bytes = readFully(m_file, image.pixels);
    if (!bytes) {
        return bytes.error();
    }
    if (*bytes < image.pixels.size()) {
        return invalid(m_file.path(), "is cut off: it holds " + std::to_string(m_done) + " of " +
                                          std::to_string(m_count) + " images; get the file again.");
    }
    ++m_done;
    return true;
}

/// Grows as the bytes come, so that a header alone cannot fill the memory.
Result<std::vector<std::uint8_t>> readLabelBytes(GzipReader& file, std::size_t count)
{
    std::vector<std::uint8_t> labels;
    while (labels.size() < count) {
        const std::size_t done = labels.size();
        labels.resize(std::min(count, done + chunkBytes));
        const auto bytes = readFully(file, std::span(labels).subspan(done));
        if (!bytes) {
            return bytes.error();
        }
        if (done + *bytes < labels.size()) {
            return invalid(file.path(), "is cut off: it holds " + std::to_string(done + *bytes) + " of " +
                                            std::to_string(count) + " labels; get the file again.");
        }
    }
    return labels;
}

DigitImage toDigitImage(const GrayImage& picture)
{
    if (picture.width != digitSide || picture.height != digitSide) {
        return normalizePicture(picture);
    }
    DigitImage image;
    std::memcpy(image.pixels.data(), picture.pixels.data(), digitPixels);
    return image;
}

} // namespace

Result<std::unique_ptr<IdxImageReader>> IdxImageReader::open(const std::string& path)
{
    auto file = GzipReader::open(path);
    if (!file) {
        return file.error();
    }
    const auto sizes = readHeader<3>(*file);
    if (!sizes) {
        return sizes.error();
    }
    const auto [count, height, width] = *sizes;
    if (height < 1 || height > maximumSide || width < 1 || width > maximumSide) {
        return invalid(path, "says that its images are " + std::to_string(width) + " × " +
                                 std::to_string(height) + " pixels; 1 to " + std::to_string(maximumSide) +
                                 " a side are possible.");
    }
    if (count > maximumCount) {
        return tooMany(path, count);
    }
    return std::unique_ptr<IdxImageReader>(std::make_unique<FileImageReader>(
        std::move(file).value(), count, static_cast<int>(width), static_cast<int>(height)));
}

Result<std::vector<std::uint8_t>> readIdxLabels(const std::string& path)
{
    auto file = GzipReader::open(path);
    if (!file) {
        return file.error();
    }
    const auto sizes = readHeader<1>(*file);
    if (!sizes) {
        return sizes.error();
    }
    if (sizes->front() > maximumCount) {
        return tooMany(path, sizes->front());
    }
    auto labels = readLabelBytes(*file, sizes->front());
    if (!labels) {
        return labels;
    }
    if (const auto ended = expectEnd(*file); !ended) {
        return ended.error();
    }
    const auto wrong =
        std::find_if(labels->begin(), labels->end(), [](auto label) { return label >= digitClasses; });
    if (wrong != labels->end()) {
        return invalid(path, "has the label " + std::to_string(*wrong) + " for image " +
                                 std::to_string(wrong - labels->begin() + 1) +
                                 "; only the digits 0 to 9 are possible.");
    }
    return labels;
}

std::optional<IdxShape> idxShape(const std::string& path)
{
    auto file = GzipReader::open(path);
    if (!file) {
        return std::nullopt;
    }
    std::array<std::uint8_t, 8> bytes{};
    const auto count = readFully(*file, bytes);
    if (!count || *count < bytes.size() || bytes[0] != 0 || bytes[1] != 0 || bytes[2] != unsignedBytes ||
        bytes[3] < 1 || bytes[3] > 3) {
        return std::nullopt;
    }
    return IdxShape{bytes[3], bigEndian(bytes.data() + 4)};
}

Result<DigitSet> readIdxPair(const std::string& imagesPath, const std::string& labelsPath, std::string name,
                             const ReadingMonitor& monitor)
{
    auto labels = readIdxLabels(labelsPath);
    if (!labels) {
        return labels.error();
    }
    auto reader = IdxImageReader::open(imagesPath);
    if (!reader) {
        return reader.error();
    }
    IdxImageReader& images = **reader;
    if (static_cast<std::size_t>(images.count()) != labels->size()) {
        return invalid(imagesPath, "holds " + std::to_string(images.count()) + " images, but " +
                                       quoted(labelsPath) + " has " + std::to_string(labels->size()) +
                                       " labels; take two files that belong together.");
    }
    DigitSet set;
    set.name = std::move(name);
    set.images.reserve(std::min(labels->size(), reservedImages) * digitPixels);
    GrayImage picture;
    // Others are normalised, which takes a while where they are large.
    const bool ready = images.width() == digitSide && images.height() == digitSide;
    const std::size_t between = ready ? imagesBetweenQuestions : 1;
    for (;;) {
        if (set.size() % between == 0 && monitor &&
            !monitor({set.size(), static_cast<double>(set.size()) /
                                      static_cast<double>(std::max<std::size_t>(labels->size(), 1))})) {
            return Error{ErrorCode::Cancelled, "Reading the data was cancelled."};
        }
        const auto more = images.next(picture);
        if (!more) {
            return more.error();
        }
        if (!*more) {
            break;
        }
        set.add(toDigitImage(picture), (*labels)[set.size()]);
    }
    return set;
}

} // namespace digitpad
