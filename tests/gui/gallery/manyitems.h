#pragma once

#include "core/image/digitimage.h"
#include "ui/gallery/galleryitems.h"

#include <array>

namespace digitpad::test {

/// As many pictures as a test wants, without the memory for them; counts how often it is asked.
class ManyItems : public GalleryItems
{
public:
    explicit ManyItems(int count, QObject* parent = nullptr)
        : GalleryItems(parent)
        , m_count(count)
    {
        for (std::size_t shape = 0; shape < m_images.size(); ++shape) {
            for (std::size_t i = 0; i < digitPixels; ++i) {
                const std::size_t x = i % digitSide;
                const std::size_t y = i / digitSide;
                const bool ink = x > 8 && x < 20 && y > 4 && y < 24 && (x + y * shape) % (shape + 3) == 0;
                m_images[shape].pixels[i] = ink ? 255 : 0;
            }
        }
    }

    void setCount(int count)
    {
        m_count = count;
        Q_EMIT reset();
    }
    void setBadge(const QString& badge)
    {
        m_badge = badge;
        Q_EMIT changed(0, m_count - 1);
    }

    [[nodiscard]] int count() const override { return m_count; }
    [[nodiscard]] GalleryItem item(int index) const override
    {
        ++asked;
        const auto shape = static_cast<std::size_t>(index) % m_images.size();
        return {m_images[shape].pixels.data(), QString::number(shape), QString::number(index + 1), m_badge,
                Tone::Warning};
    }
    [[nodiscard]] QString description(int index) const override
    {
        return QStringLiteral("Picture %1").arg(index);
    }

    mutable int asked = 0;

private:
    int m_count;
    QString m_badge;
    std::array<DigitImage, digitClasses> m_images;
};

} // namespace digitpad::test
