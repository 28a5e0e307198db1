#pragma once

#include "core/learning/dataexplorer.h"
#include "ui/gallery/galleryitems.h"

#include <memory>
#include <vector>

namespace digitpad {

/// The images of one half of explored data, all or some of them, in an order of the person's choice.
class DataItems : public GalleryItems
{
    Q_OBJECT

public:
    /// Labels from 0 to noDigitLabel filter too.
    enum Filter { All = -1, Blank = 100, Duplicates, Misread };
    enum class Order { Index, Ink, StrokeWidth, Confidence };

    using GalleryItems::GalleryItems;

    /// Null for nothing. Forgets the readings; keeps filter and order.
    void setData(std::shared_ptr<const ExploredData> data, bool test);
    [[nodiscard]] bool test() const { return m_test; }
    /// Null while they are unknown: then nothing is misread, and the order by confidence is that by index.
    void setReadings(std::shared_ptr<const SetReadings> readings);
    void setFilter(int filter);
    [[nodiscard]] int filter() const { return m_filter; }
    void setOrder(Order order, bool descending);
    [[nodiscard]] Order order() const { return m_order; }

    /// Empty where there are no data.
    [[nodiscard]] const DigitSet& set() const;
    [[nodiscard]] const DigitStatistics& statistics() const;
    /// Null where it is unknown.
    [[nodiscard]] const SampleReading* reading(std::size_t sample) const;
    /// The place in set() of what stands in a row.
    [[nodiscard]] std::size_t sampleAt(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// -1 where it is not shown.
    [[nodiscard]] int rowOf(std::size_t sample) const;

    [[nodiscard]] int count() const override { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] GalleryItem item(int index) const override;
    [[nodiscard]] QString description(int index) const override;

private:
    void update();
    [[nodiscard]] bool isShown(std::size_t sample) const;
    void sort();
    [[nodiscard]] QString caption(std::size_t sample) const;

    std::shared_ptr<const ExploredData> m_data;
    std::shared_ptr<const SetReadings> m_readings;
    bool m_test = false;
    int m_filter = All;
    Order m_order = Order::Index;
    bool m_descending = false;
    std::vector<std::size_t> m_rows;
};

} // namespace digitpad
