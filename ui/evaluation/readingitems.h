#pragma once

#include "core/report/evaluationdata.h"
#include "ui/gallery/galleryitems.h"

#include <memory>
#include <vector>

namespace digitpad {

/// The images of an evaluation with what was read, all or some of them.
class ReadingItems : public GalleryItems
{
    Q_OBJECT

public:
    enum class Kind {
        Misread,
        TurnedAway, ///< Digits below the model's threshold.
        LetThrough, ///< Accepted images that are no digits.
        All,
        Cell, ///< Those of `truth` that were read as `guess`.
    };
    /// Which images are shown; `truth` and `guess` count from 0 and are -1 for any.
    struct Filter
    {
        Kind kind = Kind::Misread;
        int truth = -1;
        int guess = -1;

        bool operator==(const Filter&) const = default;
    };
    enum class Order { MostConfident, LeastConfident, Index };

    using GalleryItems::GalleryItems;

    /// Null for nothing. Keeps filter and order.
    void setEvaluation(std::shared_ptr<const EvaluationData> data);
    void setFilter(const Filter& filter);
    [[nodiscard]] const Filter& filter() const { return m_filter; }
    /// How many images a filter shows.
    [[nodiscard]] int countOf(const Filter& filter) const;
    void setOrder(Order order);
    [[nodiscard]] Order order() const { return m_order; }

    /// Null where nothing is shown.
    [[nodiscard]] const EvaluationData* evaluation() const { return m_data.get(); }
    /// The place in the set of what stands in a row.
    [[nodiscard]] std::size_t imageAt(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    [[nodiscard]] const ImageReading& readingAt(int row) const { return m_data->readings[imageAt(row)]; }
    /// -1 where it is not shown.
    [[nodiscard]] int rowOf(std::size_t image) const;

    [[nodiscard]] int count() const override { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] GalleryItem item(int index) const override;
    [[nodiscard]] QString description(int index) const override;

private:
    void update();

    std::shared_ptr<const EvaluationData> m_data;
    Filter m_filter;
    Order m_order = Order::MostConfident;
    std::vector<std::size_t> m_rows;
};

} // namespace digitpad
