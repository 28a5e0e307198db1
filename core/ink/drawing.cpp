#include "core/ink/drawing.h"

#include "core/ink/padfit.h"
#include "core/ink/pictureeraser.h"
#include "core/ink/picturereduction.h"
#include "core/ink/strokeeraser.h"

#include <QUndoCommand>

#include <algorithm>
#include <cmath>
#include <functional>
#include <unordered_set>
#include <utility>

namespace digitpad {

namespace {

constexpr int undoSteps = 200;
constexpr float mergeDistance = 1;

QRectF rectOf(const InkBox& box)
{
    return box.empty() ? QRectF() : QRectF(QPointF(box.left, box.top), QPointF(box.right, box.bottom));
}

QRectF padRect()
{
    return {0, 0, Drawing::side, Drawing::side};
}

/// What the last points of a stroke cover: a new point bends the curve as far back as the one before the
/// last.
QRectF endArea(const Stroke& stroke)
{
    constexpr std::size_t count = 3;
    return rectOf(strokeBounds(stroke, std::max(stroke.points.size(), count) - count, count));
}

QRectF boundsOfMissing(const Ink& ink, const Ink& other)
{
    std::unordered_set<const Stroke*> known;
    for (const auto& stroke : other.strokes) {
        known.insert(stroke.get());
    }
    QRectF area;
    for (const auto& stroke : ink.strokes) {
        if (!known.contains(stroke.get())) {
            area |= rectOf(strokeBounds(*stroke));
        }
    }
    return area;
}

QRectF difference(const PadContent& a, const PadContent& b)
{
    if (a.picture != b.picture) {
        return padRect();
    }
    return boundsOfMissing(a.ink, b.ink) | boundsOfMissing(b.ink, a.ink);
}

bool finite(float x, float y)
{
    return std::isfinite(x) && std::isfinite(y);
}

float clampedToPad(float value)
{
    return std::clamp(value, 0.0F, Drawing::side);
}

/// Where nothing is left of a picture there is none.
bool allWiped(const GrayImage& picture)
{
    return std::all_of(picture.pixels.begin(), picture.pixels.end(), [](std::uint8_t p) { return p == 0; });
}

} // namespace

QRectF pictureArea(int width, int height)
{
    const double side = Drawing::side;
    const double scale = side / std::max({width, height, 1});
    const QSizeF size(width * scale, height * scale);
    return {QPointF((side - size.width()) / 2, (side - size.height()) / 2), size};
}

class Drawing::Private
{
public:
    explicit Private(Drawing* owner)
        : q(owner)
    {
        undoStack.setUndoLimit(undoSteps);
    }

    /// What the undo commands call; ends any gesture without a step of its own.
    void restore(const PadContent& target);
    /// Makes the change from `before` to what is there now one undo step.
    void push(PadContent before, const QString& text);
    void eraseStep(const EraserStep& step);
    void report(const QRectF& area);

    Drawing* q;
    PadContent finished; ///< Everything but the stroke in progress.
    QUndoStack undoStack;

    enum class Gesture { None, Stroke, Erase };
    Gesture gesture = Gesture::None;
    PadContent before; ///< As it was when the erasing began.
    Stroke stroke;     ///< The one in progress.
    EraserStep eraser;
    bool reportedEmpty = true;

private:
    QRectF eraseInk(const EraserStep& step);
    bool erasePicture(const EraserStep& step);
};

namespace {

class ContentCommand : public QUndoCommand
{
public:
    using Restore = std::function<void(const PadContent&)>;

    ContentCommand(PadContent before, PadContent after, const QString& text, Restore restore)
        : QUndoCommand(text)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_restore(std::move(restore))
    {
    }

    void undo() override { m_restore(m_before); }
    void redo() override { m_restore(m_after); }

private:
    PadContent m_before;
    PadContent m_after;
    Restore m_restore;
};

} // namespace

void Drawing::Private::report(const QRectF& area)
{
    const QRectF visible = area & padRect();
    if (!visible.isEmpty()) {
        Q_EMIT q->changed(visible);
    }
    if (reportedEmpty != q->empty()) {
        reportedEmpty = !reportedEmpty;
        Q_EMIT q->emptyChanged(reportedEmpty);
    }
}

void Drawing::Private::restore(const PadContent& target)
{
    QRectF area = difference(finished, target);
    if (gesture == Gesture::Stroke) {
        area |= rectOf(strokeBounds(stroke));
    }
    gesture = Gesture::None;
    stroke = {};
    finished = target;
    report(area);
}

void Drawing::Private::push(PadContent previous, const QString& text)
{
    undoStack.push(new ContentCommand(std::move(previous), finished, text,
                                      [this](const PadContent& target) { restore(target); }));
}

void Drawing::Private::eraseStep(const EraserStep& step)
{
    QRectF area = eraseInk(step);
    if (erasePicture(step)) {
        const float r = step.radius;
        area |= QRectF(QPointF(step.fromX, step.fromY), QPointF(step.toX, step.toY))
                    .normalized()
                    .adjusted(-r, -r, r, r);
    }
    eraser = step;
    report(area);
}

QRectF Drawing::Private::eraseInk(const EraserStep& step)
{
    QRectF area;
    Ink left;
    for (const auto& source : finished.ink.strokes) {
        std::optional<ErasedStroke> erased = eraseFromStroke(*source, step);
        if (!erased) {
            left.strokes.push_back(source);
            continue;
        }
        area |= rectOf(erased->changed);
        for (Stroke& piece : erased->pieces) {
            left.add(std::move(piece));
        }
    }
    if (!area.isEmpty()) {
        finished.ink = std::move(left);
    }
    return area;
}

bool Drawing::Private::erasePicture(const EraserStep& step)
{
    if (!finished.picture) {
        return false;
    }
    const QRectF area = pictureArea(finished.picture->width, finished.picture->height);
    if (!touchesInk(*finished.picture, area, step)) {
        return false;
    }
    // A copy each time: the recogniser may be reading the one before. More pixels than the pad has units
    // would gain nothing and make each copy slow.
    GrayImage picture = reducedPicture(*finished.picture, reductionFactor(*finished.picture, int(side)));
    wipe(picture, pictureArea(picture.width, picture.height), step);
    finished.picture = std::make_shared<const GrayImage>(std::move(picture));
    return true;
}

Drawing::Drawing(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}
Drawing::~Drawing() = default;

PadContent Drawing::content() const
{
    PadContent result = d->finished;
    if (d->gesture == Private::Gesture::Stroke) {
        result.ink.add(d->stroke);
    }
    return result;
}

bool Drawing::empty() const
{
    return d->finished.empty() && d->gesture != Private::Gesture::Stroke;
}

const Stroke* Drawing::strokeInProgress() const
{
    return d->gesture == Private::Gesture::Stroke ? &d->stroke : nullptr;
}

QUndoStack* Drawing::undoStack()
{
    return &d->undoStack;
}

void Drawing::beginStroke(const InkPoint& point, float width)
{
    endGesture();
    if (!finite(point.x, point.y)) {
        return;
    }
    d->gesture = Private::Gesture::Stroke;
    d->stroke = {{{clampedToPad(point.x), clampedToPad(point.y), point.time, point.pressure}},
                 std::max(width, 1.0F)};
    d->report(endArea(d->stroke));
}

void Drawing::extendStroke(const InkPoint& point)
{
    if (d->gesture != Private::Gesture::Stroke || !finite(point.x, point.y)) {
        return;
    }
    std::vector<InkPoint>& points = d->stroke.points;
    const InkPoint added{clampedToPad(point.x), clampedToPad(point.y), point.time, point.pressure};
    if (std::hypot(added.x - points.back().x, added.y - points.back().y) >= mergeDistance) {
        points.push_back(added);
    } else if (points.size() == 1 && added.pressure > points.back().pressure) {
        points.back().pressure = added.pressure; // A tap: the pen comes down softly and presses.
    } else {
        return;
    }
    d->report(endArea(d->stroke));
}

void Drawing::beginErase(float x, float y, float radius)
{
    endGesture();
    if (!finite(x, y)) {
        return;
    }
    d->gesture = Private::Gesture::Erase;
    d->before = d->finished;
    d->eraseStep({x, y, x, y, radius});
}

void Drawing::extendErase(float x, float y)
{
    if (d->gesture == Private::Gesture::Erase && finite(x, y)) {
        d->eraseStep({d->eraser.toX, d->eraser.toY, x, y, d->eraser.radius});
    }
}

void Drawing::endGesture()
{
    const auto gesture = std::exchange(d->gesture, Private::Gesture::None);
    if (gesture == Private::Gesture::Stroke) {
        PadContent before = d->finished;
        const QRectF end = endArea(d->stroke);
        d->finished.ink.add(std::exchange(d->stroke, {}));
        d->push(std::move(before), tr("stroke"));
        d->report(end); // A view may draw the end of a finished stroke in another way.
    } else if (gesture == Private::Gesture::Erase) {
        if (d->finished.picture && d->finished.picture != d->before.picture &&
            allWiped(*d->finished.picture)) {
            d->finished.picture = nullptr;
        }
        PadContent before = std::exchange(d->before, {});
        if (before.picture != d->finished.picture || before.ink.strokes != d->finished.ink.strokes) {
            d->push(std::move(before), tr("erase"));
        }
    }
}

void Drawing::cancelGesture()
{
    if (d->gesture == Private::Gesture::Stroke) {
        d->restore(d->finished);
    } else if (d->gesture == Private::Gesture::Erase) {
        d->restore(std::exchange(d->before, {}));
    }
}

bool Drawing::gestureInProgress() const
{
    return d->gesture != Private::Gesture::None;
}

void Drawing::clear()
{
    endGesture();
    if (!d->finished.empty()) {
        PadContent before = d->finished;
        d->restore({});
        d->push(std::move(before), tr("clear"));
    }
}

void Drawing::replace(PadContent content, const QString& undoText, bool fit)
{
    endGesture();
    PadContent before = d->finished;
    content.ink = fitToPad(content.ink, side, usualWidth, fit);
    d->restore(content);
    d->push(std::move(before), undoText);
}

} // namespace digitpad
