#include "app/cli/inputreader.h"

#include "app/cli/console.h"
#include "app/cli/inkstreaminput.h"
#include "app/cli/inputkind.h"
#include "core/data/idxfile.h"
#include "core/image/normalizer.h"
#include "core/image/picturefile.h"
#include "core/ink/inkfile.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace digitpad::cli {

namespace {

using Opened = Result<std::unique_ptr<InputReader>>;

InputItem failed(const Error& error)
{
    InputItem item;
    item.status = InputItem::Status::Failed;
    item.error = error;
    return item;
}

InputItem withDrawing(InputDrawing drawing)
{
    InputItem item;
    item.status = InputItem::Status::Drawing;
    item.drawing = std::move(drawing);
    return item;
}

/// A picture or an InkML file: one item.
class SingleItemReader : public InputReader
{
public:
    using Load = std::function<Result<InputDrawing>(const QString&)>;
    SingleItemReader(QString path, Load load)
        : m_path(std::move(path))
        , m_load(std::move(load))
    {
    }

    InputItem next() override
    {
        if (std::exchange(m_done, true)) {
            return {};
        }
        Result<InputDrawing> drawing = m_load(m_path);
        return drawing ? withDrawing(std::move(*drawing)) : failed(drawing.error());
    }

private:
    QString m_path;
    Load m_load;
    bool m_done = false;
};

Result<InputDrawing> loadPicture(const QString& path)
{
    const LibraryNoiseBlocker quiet;
    Result<GrayImage> picture = readPicture(path);
    return picture ? Result<InputDrawing>(std::move(*picture)) : picture.error();
}

Result<InputDrawing> loadInkMl(const QString& path)
{
    Result<Ink> ink = readInkMl(path);
    return ink ? Result<InputDrawing>(std::move(*ink)) : ink.error();
}

class InkLinesInput : public InputReader
{
public:
    explicit InkLinesInput(std::unique_ptr<InkLinesReader> lines)
        : m_lines(std::move(lines))
    {
    }

    InputItem next() override
    {
        const InkLinesReader::Item line = m_lines->next();
        InputItem item;
        item.line = line.line;
        item.error = line.error;
        switch (line.status) {
        case InkLinesReader::Status::Sample:
            item.status = InputItem::Status::Drawing;
            item.drawing = line.sample.ink;
            item.label = QString::fromStdString(line.sample.label);
            break;
        case InkLinesReader::Status::Bad:
            item.status = InputItem::Status::Bad;
            break;
        case InkLinesReader::Status::Failed:
            item.status = InputItem::Status::Failed;
            break;
        case InkLinesReader::Status::End:
            break;
        }
        return item;
    }

private:
    std::unique_ptr<InkLinesReader> m_lines;
};

class IdxInput : public InputReader
{
public:
    explicit IdxInput(std::unique_ptr<IdxImageReader> images)
        : m_images(std::move(images))
    {
    }

    InputItem next() override
    {
        const Result<bool> more = m_images->next(m_image);
        if (!more) {
            return failed(more.error());
        }
        return *more ? withDrawing(drawing()) : InputItem{};
    }

private:
    /// Images of the right size are taken as they are, as in training and evaluation.
    [[nodiscard]] InputDrawing drawing() const
    {
        if (m_image.width != digitSide || m_image.height != digitSide) {
            return m_image;
        }
        DigitImage image;
        std::copy(m_image.pixels.begin(), m_image.pixels.end(), image.pixels.begin());
        return image;
    }

    std::unique_ptr<IdxImageReader> m_images;
    GrayImage m_image;
};

/// The one normaliser, for whatever it is.
struct Normalizer
{
    DigitImage operator()(const DigitImage& image) const { return image; }
    DigitImage operator()(const Ink& ink) const { return normalizeInk(ink); }
    DigitImage operator()(const GrayImage& picture) const { return normalizePicture(picture); }
};

template <class Reader, class Source>
Opened wrap(Result<std::unique_ptr<Source>> source)
{
    if (!source) {
        return source.error();
    }
    return Opened(std::make_unique<Reader>(std::move(*source)));
}

} // namespace

DigitImage digitImage(const InputDrawing& drawing)
{
    return std::visit(Normalizer(), drawing);
}

Opened InputReader::open(const QString& input)
{
    const Result<InputKind> kind = inputKind(input);
    if (!kind) {
        return kind.error();
    }
    switch (*kind) {
    case InputKind::Picture:
        return Opened(std::make_unique<SingleItemReader>(input, loadPicture));
    case InputKind::InkMl:
        return Opened(std::make_unique<SingleItemReader>(input, loadInkMl));
    case InputKind::InkLines:
        return wrap<InkLinesInput>(InkLinesReader::open(input));
    case InputKind::InkStream:
        return InkStreamInput::open(input);
    case InputKind::Idx:
        return wrap<IdxInput>(IdxImageReader::open(nativePath(input)));
    }
    return Error{ErrorCode::Internal, "This kind of input is not known."};
}

} // namespace digitpad::cli
