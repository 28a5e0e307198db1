#pragma once

#include "core/learning/modelcomparison.h"
#include "core/report/evaluationdata.h"
#include "ui/gallery/galleryitems.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace digitpad {

/// The images that two models guess differently, or some of them: the truth beneath each, then both guesses;
/// a badge says which model alone is right.
class PairItems : public GalleryItems
{
    Q_OBJECT

public:
    enum class Filter { All, OnlyFirst, OnlySecond, Neither };

    using GalleryItems::GalleryItems;

    /// Both of the same images, or both null for nothing.
    void setPair(std::shared_ptr<const EvaluationData> first, std::shared_ptr<const EvaluationData> second,
                 std::vector<std::size_t> differing);
    void setFilter(Filter filter);
    [[nodiscard]] Filter filter() const { return m_filter; }
    /// Of the images that differ.
    [[nodiscard]] int countOf(Filter filter) const;
    /// The place in the set of what stands in a row.
    [[nodiscard]] std::size_t imageAt(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    [[nodiscard]] int count() const override { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] GalleryItem item(int index) const override;
    [[nodiscard]] QString description(int index) const override;

private:
    void update();
    [[nodiscard]] bool fits(std::size_t image, Filter filter) const;

    std::shared_ptr<const EvaluationData> m_first;
    std::shared_ptr<const EvaluationData> m_second;
    std::vector<std::size_t> m_differing;
    std::vector<std::size_t> m_rows;
    Filter m_filter = Filter::All;
};

} // namespace digitpad
