#pragma once

#include "core/base/result.h"
#include "core/image/digitimage.h"
#include "core/image/grayimage.h"
#include "core/ink/ink.h"

#include <QString>

#include <memory>
#include <variant>

namespace digitpad::cli {

/// As it came: an image that a network takes as it is, strokes, or a picture with its ink bright on 0.
using InputDrawing = std::variant<DigitImage, Ink, GrayImage>;
/// What a network sees of it, taken as one digit.
[[nodiscard]] DigitImage digitImage(const InputDrawing& drawing);

/// One thing to be read, or why there is none.
struct InputItem
{
    enum class Status {
        Drawing,
        Bad,    ///< This item is malformed; the next may be right.
        Failed, ///< Nothing more can be read.
        End,
    };
    Status status = Status::End;
    InputDrawing drawing;
    QString label;   ///< Empty where unknown.
    qint64 line = 0; ///< From 1; 0 where the input has no lines.
    Error error = {};
};

/// The items of one input in order, in constant memory.
class InputReader
{
public:
    /// A file of any kind that `classify` takes, or "-" for JSON Lines on standard input.
    static Result<std::unique_ptr<InputReader>> open(const QString& input);
    virtual ~InputReader() = default;

    virtual InputItem next() = 0;
    /// False where next() may have to wait for somebody to write: a good moment to hand out what is finished.
    [[nodiscard]] virtual bool ready() const { return true; }
};

} // namespace digitpad::cli
