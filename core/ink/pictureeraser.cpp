#include "core/ink/pictureeraser.h"

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

/// Calls `visit(x, y)` for each pixel under the eraser until it says false.
template <class Visit>
void forPixelsUnder(const GrayImage& picture, const QRectF& area, const EraserStep& step, const Visit& visit)
{
    if (picture.empty()) {
        return;
    }
    const double unit = area.width() / picture.width;
    const double radius{step.radius};
    const auto first = [&](float a, float b, double origin) {
        return std::max(0, static_cast<int>(std::floor((double{std::min(a, b)} - radius - origin) / unit)));
    };
    const auto last = [&](float a, float b, double origin, int size) {
        return std::min(size - 1,
                        static_cast<int>(std::ceil((double{std::max(a, b)} + radius - origin) / unit)));
    };
    const int right = last(step.fromX, step.toX, area.left(), picture.width);
    const int bottom = last(step.fromY, step.toY, area.top(), picture.height);
    for (int y = first(step.fromY, step.toY, area.top()); y <= bottom; ++y) {
        for (int x = first(step.fromX, step.toX, area.left()); x <= right; ++x) {
            const double distance =
                distanceToStep(step, area.left() + (x + 0.5) * unit, area.top() + (y + 0.5) * unit);
            if (distance <= radius && !visit(x, y)) {
                return;
            }
        }
    }
}

} // namespace

bool touchesInk(const GrayImage& picture, const QRectF& area, const EraserStep& step)
{
    bool touches = false;
    forPixelsUnder(picture, area, step, [&](int x, int y) {
        touches = picture.row(y)[x] > 0;
        return !touches;
    });
    return touches;
}

void wipe(GrayImage& picture, const QRectF& area, const EraserStep& step)
{
    forPixelsUnder(picture, area, step, [&](int x, int y) {
        picture.row(y)[x] = 0;
        return true;
    });
}

} // namespace digitpad
