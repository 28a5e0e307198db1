#include "ui/evaluation/pairitems.h"

#include "ui/training/trainingtext.h"

#include <algorithm>
#include <utility>

namespace digitpad {

void PairItems::setPair(std::shared_ptr<const EvaluationData> first,
                        std::shared_ptr<const EvaluationData> second, std::vector<std::size_t> differing)
{
    m_first = std::move(first);
    m_second = std::move(second);
    m_differing = std::move(differing);
    update();
}

void PairItems::setFilter(Filter filter)
{
    if (m_filter != filter) {
        m_filter = filter;
        update();
    }
}

bool PairItems::fits(std::size_t image, Filter filter) const
{
    const bool first = m_first->readings[image].right();
    const bool second = m_second->readings[image].right();
    switch (filter) {
    case Filter::OnlyFirst:
        return first && !second;
    case Filter::OnlySecond:
        return second && !first;
    case Filter::Neither:
        return !first && !second;
    case Filter::All:
        break;
    }
    return true;
}

int PairItems::countOf(Filter filter) const
{
    return static_cast<int>(std::count_if(m_differing.begin(), m_differing.end(),
                                          [this, filter](std::size_t image) { return fits(image, filter); }));
}

void PairItems::update()
{
    m_rows.clear();
    for (const std::size_t image : m_differing) {
        if (fits(image, m_filter)) {
            m_rows.push_back(image);
        }
    }
    Q_EMIT reset();
}

GalleryItem PairItems::item(int index) const
{
    const std::size_t image = imageAt(index);
    const ImageReading& first = m_first->readings[image];
    const ImageReading& second = m_second->readings[image];
    GalleryItem item;
    item.pixels = m_first->set->image(image);
    item.label = QString::number(first.truth);
    item.caption = tr("A %1 · B %2", "guesses").arg(first.guess).arg(second.guess);
    if (first.right() || second.right()) {
        item.badge = first.right() ? tr("A") : tr("B");
        item.badgeTone = first.right() ? Tone::Info : Tone::Warning;
    }
    return item;
}

QString PairItems::description(int index) const
{
    const std::size_t image = imageAt(index);
    const ImageReading& first = m_first->readings[image];
    const ImageReading& second = m_second->readings[image];
    return tr("Image %1, a %2: A reads %3 (%4), B %5 (%6).")
        .arg(countText(static_cast<qint64>(image)), QString::number(first.truth),
             QString::number(first.guess), percentText(double(first.confidence), 0),
             QString::number(second.guess), percentText(double(second.confidence), 0));
}

} // namespace digitpad
