#include "ui/evaluation/readingitems.h"

#include "ui/data/datatext.h"
#include "ui/training/trainingtext.h"

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

bool passes(const ReadingItems::Filter& filter, const ImageReading& reading)
{
    if ((filter.truth >= 0 && reading.truth != filter.truth) ||
        (filter.guess >= 0 && reading.guess != filter.guess)) {
        return false;
    }
    switch (filter.kind) {
    case ReadingItems::Kind::Misread:
        return reading.isDigit() && !reading.right();
    case ReadingItems::Kind::TurnedAway:
        return reading.isDigit() && !reading.accepted;
    case ReadingItems::Kind::LetThrough:
        return !reading.isDigit() && reading.accepted;
    case ReadingItems::Kind::All:
    case ReadingItems::Kind::Cell:
        break;
    }
    return true;
}

} // namespace

void ReadingItems::setEvaluation(std::shared_ptr<const EvaluationData> data)
{
    m_data = std::move(data);
    update();
}

void ReadingItems::setFilter(const Filter& filter)
{
    if (m_filter != filter) {
        m_filter = filter;
        update();
    }
}

void ReadingItems::setOrder(Order order)
{
    if (m_order != order) {
        m_order = order;
        update();
    }
}

int ReadingItems::countOf(const Filter& filter) const
{
    if (!m_data) {
        return 0;
    }
    return static_cast<int>(
        std::count_if(m_data->readings.begin(), m_data->readings.end(),
                      [&filter](const ImageReading& reading) { return passes(filter, reading); }));
}

int ReadingItems::rowOf(std::size_t image) const
{
    const auto found = std::find(m_rows.begin(), m_rows.end(), image);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void ReadingItems::update()
{
    m_rows.clear();
    if (m_data) {
        const auto& readings = m_data->readings;
        for (std::size_t i = 0; i < readings.size(); ++i) {
            if (passes(m_filter, readings[i])) {
                m_rows.push_back(i);
            }
        }
        if (m_order != Order::Index) {
            std::stable_sort(m_rows.begin(), m_rows.end(),
                             [&readings, most = m_order == Order::MostConfident](auto a, auto b) {
                                 const float first = readings[a].confidence;
                                 const float second = readings[b].confidence;
                                 return most ? first > second : first < second;
                             });
        }
    }
    Q_EMIT reset();
}

GalleryItem ReadingItems::item(int index) const
{
    const ImageReading& reading = readingAt(index);
    GalleryItem item;
    item.pixels = m_data->set->image(imageAt(index));
    const QString truth = reading.isDigit() ? QString::number(reading.truth) : QStringLiteral("–");
    item.label = reading.right() ? truth : QStringLiteral("%1 → %2").arg(truth).arg(reading.guess);
    item.caption = percentText(double{reading.confidence}, 0);
    if (reading.isDigit() && !reading.accepted) {
        item.badge = QStringLiteral("?");
        item.badgeTone = Tone::Warning;
    } else if (!reading.isDigit() && reading.accepted) {
        item.badge = QStringLiteral("!");
        item.badgeTone = Tone::Error;
    }
    return item;
}

QString ReadingItems::description(int index) const
{
    const ImageReading& reading = readingAt(index);
    const QString text = tr("Image %1: %2, read as %3 with %4 confidence")
                             .arg(countText(static_cast<qint64>(imageAt(index))), className(reading.truth),
                                  QString::number(reading.guess), percentText(double{reading.confidence}, 1));
    return reading.accepted ? text : tr("%1; turned away", "an image that is not accepted").arg(text);
}

} // namespace digitpad
