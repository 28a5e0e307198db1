#pragma once

#include "core/data/datasource.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace digitpad {

/// Some samples of a source as they are and as augmentation draws them anew.
struct SamplePreview
{
    std::vector<DigitImage> plain;
    std::vector<DigitImage> varied; ///< As many; the same where nothing varies.
    /// Whether the samples are this program's own, for want of the source's: those are still being read, or
    /// cannot be read, and then `problem` says why.
    bool standIns = false;
    QString problem;
    /// Of the source's training images, validation included; none for stand-ins.
    std::optional<PixelStatistics> statistics;
    /// Whether `statistics` are those of a part of the images, which says a little less.
    bool estimated = false;
};

/// Draws previews off the GUI thread, on one thread of its own that begins with the first request. Newest
/// wins: a newer request ends the reading of an older one's source, and so does the end of the previewer. A
/// source is read once, and of it no more than a handful of samples is kept. The façade lives on the GUI
/// thread and never blocks it.
class SamplePreviewer : public QObject
{
    Q_OBJECT

public:
    explicit SamplePreviewer(QObject* parent = nullptr);
    /// Waits for nothing: a source that is being read is given up behind it, and by the end of the program at
    /// the latest.
    ~SamplePreviewer() override;

    /// drawn() follows, unless a newer request comes first: at once with stand-ins where the source is not
    /// read yet, and then with its own samples. The same seed draws the same.
    void draw(const DataSource& source, std::size_t count, std::uint64_t seed);

Q_SIGNALS:
    void drawn(const digitpad::SamplePreview& preview);

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace digitpad

Q_DECLARE_METATYPE(digitpad::SamplePreview)
