#pragma once

#include "core/image/grayimage.h"
#include "core/ink/ink.h"

#include <QObject>
#include <QRectF>
#include <QUndoStack>

#include <memory>

namespace digitpad {

/// What is on the pad at one moment; cheap to copy, safe to hand to another thread.
struct PadContent
{
    Ink ink;                                  ///< In pad units, see Drawing::side.
    std::shared_ptr<const GrayImage> picture; ///< An opened or pasted picture under the ink, or null.

    [[nodiscard]] bool empty() const { return ink.empty() && !picture; }
};

/// Where a picture lies on the pad, in pad units: as large as fits, its proportions kept, in the middle.
QRectF pictureArea(int width, int height);

/// The pad's drawing and its history. One gesture is one undo step: a stroke, an erasing, a clear. GUI thread
/// only.
class Drawing : public QObject
{
    Q_OBJECT

public:
    /// The pad is a square of side × side units, whatever its size in pixels.
    static constexpr float side = 1000;
    /// The brush's diameter where nobody chose another.
    static constexpr float usualWidth = 60;

    explicit Drawing(QObject* parent = nullptr);
    ~Drawing() override;

    /// Everything on the pad, the gesture in progress included.
    [[nodiscard]] PadContent content() const;
    [[nodiscard]] bool empty() const;
    /// The stroke being drawn, without the copy that content() makes of it; null where none is. Valid until
    /// the next call that is not const.
    [[nodiscard]] const Stroke* strokeInProgress() const;
    /// Undo texts are for people: "stroke", "erase", "clear".
    [[nodiscard]] QUndoStack* undoStack();

    /// `width` is the brush's diameter in pad units. A gesture in progress is ended first. Points outside of
    /// the pad go to its edge, so that nothing is read that is not seen; points that are not finite are left
    /// out, and those nearer than a unit to the last are merged with it, so that a resting pen adds nothing.
    void beginStroke(const InkPoint& point, float width);
    void extendStroke(const InkPoint& point);
    /// Takes away the ink that comes within `radius` pad units of the path; a stroke cut in the middle
    /// becomes two. A picture loses its pixels there.
    void beginErase(float x, float y, float radius);
    void extendErase(float x, float y);
    void endGesture();
    /// Drops what the gesture in progress did.
    void cancelGesture();
    [[nodiscard]] bool gestureInProgress() const;

    void clear();
    /// Replaces everything, as one undo step. With `fit`, ink that lies outside of the pad, or is so small
    /// that its unit must be another, is scaled to three fifths of the pad and moved to its middle. Points
    /// that are not finite are left out; strokes of unknown width get the usual one.
    void replace(PadContent content, const QString& undoText, bool fit);

Q_SIGNALS:
    /// Something visible changed inside `area`, in pad units, brush width included.
    void changed(const QRectF& area);
    /// The pad turned empty, or is empty no more.
    void emptyChanged(bool empty);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace digitpad
