#include "ui/data/dataitems.h"

#include "ui/data/datatext.h"
#include "ui/training/trainingtext.h"

#include <algorithm>
#include <utility>

namespace digitpad {

void DataItems::setData(std::shared_ptr<const ExploredData> data, bool test)
{
    m_data = std::move(data);
    m_readings.reset();
    m_test = test;
    update();
}

void DataItems::setReadings(std::shared_ptr<const SetReadings> readings)
{
    m_readings = std::move(readings);
    if (m_filter == Misread || m_order == Order::Confidence) {
        update();
    } else if (!m_rows.empty()) {
        Q_EMIT changed(0, count() - 1);
    }
}

void DataItems::setFilter(int filter)
{
    if (m_filter != filter) {
        m_filter = filter;
        update();
    }
}

void DataItems::setOrder(Order order, bool descending)
{
    if (m_order != order || m_descending != descending) {
        m_order = order;
        m_descending = descending;
        update();
    }
}

const DigitSet& DataItems::set() const
{
    static const DigitSet empty;
    return !m_data ? empty : m_test ? m_data->data.test : m_data->data.training;
}

const DigitStatistics& DataItems::statistics() const
{
    static const DigitStatistics empty;
    return !m_data ? empty : m_test ? m_data->test : m_data->training;
}

const SampleReading* DataItems::reading(std::size_t sample) const
{
    if (!m_readings) {
        return nullptr;
    }
    const auto& readings = m_test ? m_readings->test : m_readings->training;
    return sample < readings.size() ? &readings[sample] : nullptr;
}

int DataItems::rowOf(std::size_t sample) const
{
    const auto found = std::find(m_rows.begin(), m_rows.end(), sample);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

bool DataItems::isShown(std::size_t sample) const
{
    switch (m_filter) {
    case All:
        return true;
    case Blank:
        return statistics().inkOfImage[sample] <= 0;
    case Duplicates: // The first of them too, to compare.
        return false;
    case Misread: {
        const SampleReading* read = reading(sample);
        return read != nullptr && read->digit != set().labels[sample] && set().labels[sample] < digitClasses;
    }
    default:
        return set().labels[sample] == m_filter;
    }
}

void DataItems::update()
{
    m_rows.clear();
    if (m_filter == Duplicates) {
        // Copies stand behind the first of their kind.
        const auto& first = statistics().firstEqual;
        std::vector<char> hasCopies(first.size(), 0);
        for (std::size_t i = 0; i < first.size(); ++i) {
            if (first[i] != i && statistics().inkOfImage[i] > 0) {
                hasCopies[first[i]] = 1;
            }
        }
        for (std::size_t i = 0; i < first.size(); ++i) {
            if (hasCopies[first[i]] != 0) {
                m_rows.push_back(i);
            }
        }
        std::stable_sort(m_rows.begin(), m_rows.end(),
                         [&first](std::size_t a, std::size_t b) { return first[a] < first[b]; });
    } else {
        for (std::size_t i = 0; i < set().size(); ++i) {
            if (isShown(i)) {
                m_rows.push_back(i);
            }
        }
    }
    sort();
    Q_EMIT reset();
}

void DataItems::sort()
{
    const auto by = [this](const auto& value) {
        std::stable_sort(m_rows.begin(), m_rows.end(), [&value, this](std::size_t a, std::size_t b) {
            return m_descending ? value(a) > value(b) : value(a) < value(b);
        });
    };
    switch (m_order) {
    case Order::Index:
        if (m_descending) {
            std::reverse(m_rows.begin(), m_rows.end());
        }
        break;
    case Order::Ink:
        by([this](std::size_t i) { return statistics().inkOfImage[i]; });
        break;
    case Order::StrokeWidth:
        by([this](std::size_t i) { return statistics().strokeWidthOfImage[i]; });
        break;
    case Order::Confidence:
        if (m_readings) {
            by([this](std::size_t i) { return reading(i)->confidenceInLabel; });
        }
        break;
    }
}

QString DataItems::caption(std::size_t sample) const
{
    switch (m_order) {
    case Order::Ink:
        return tr("%1 px").arg(numberLocale().toString(statistics().inkOfImage[sample], 'f', 0));
    case Order::StrokeWidth:
        return tr("%1 px").arg(numberLocale().toString(statistics().strokeWidthOfImage[sample], 'f', 1));
    case Order::Confidence:
        if (const SampleReading* read = reading(sample)) {
            return percentText(double(read->confidenceInLabel), 0);
        }
        break;
    case Order::Index:
        break;
    }
    return countText(static_cast<qint64>(sample));
}

GalleryItem DataItems::item(int index) const
{
    const std::size_t sample = sampleAt(index);
    const int label = set().labels[sample];
    GalleryItem item;
    item.pixels = set().image(sample);
    item.label = label < digitClasses ? QString::number(label) : QStringLiteral("–");
    item.caption = caption(sample);
    const SampleReading* read = reading(sample);
    if (read != nullptr && label < digitClasses && read->digit != label) {
        item.badge = read->digit < 0 ? QStringLiteral("?") : QString::number(read->digit);
        item.badgeTone = Tone::Error;
    }
    return item;
}

QString DataItems::description(int index) const
{
    const std::size_t sample = sampleAt(index);
    QString text = tr("Image %1: %2, %3 pixels of ink")
                       .arg(countText(static_cast<qint64>(sample)), className(set().labels[sample]),
                            numberLocale().toString(statistics().inkOfImage[sample], 'f', 0));
    if (const SampleReading* read = reading(sample); read != nullptr && read->digit >= 0) {
        text += tr("; read as %1, %2").arg(read->digit).arg(percentText(double(read->confidence), 0));
    }
    return text;
}

} // namespace digitpad
