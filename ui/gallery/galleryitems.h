#pragma once

#include "ui/widgets/tones.h"

#include <QObject>
#include <QString>

#include <cstdint>

namespace digitpad {

/// One picture of a gallery and what is written at it.
struct GalleryItem
{
    /// 784 bytes, laid out as a DigitImage; valid until the next change of the items. Null for one that is
    /// not there yet: its place stays empty until changed() says that it came.
    const std::uint8_t* pixels = nullptr;
    QString label = {};   ///< Beneath the picture, a word or two: "7", "7 → 1".
    QString caption = {}; ///< Beside the label and quieter: "98 %". Left out where there is no room.
    QString badge = {};   ///< In the picture's corner, a few letters; empty for none.
    Tone badgeTone = Tone::Info;
};

/// What an ImageGallery shows: pictures in order, from 0. GUI thread only.
class GalleryItems : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual int count() const = 0;
    /// Asked for each picture in sight whenever it is painted, so it must be quick: no disk, no counting.
    [[nodiscard]] virtual GalleryItem item(int index) const = 0;
    /// The whole of it in a sentence, for tooltips and screen readers.
    [[nodiscard]] virtual QString description(int index) const { return item(index).label; }

Q_SIGNALS:
    /// Other pictures, or another order: the gallery forgets its selection and begins at the top.
    void reset();
    /// Pictures or texts from `first` to `last` are others; how many there are, and in which order, is not.
    void changed(int first, int last);
};

} // namespace digitpad
