#include "ui/mydigits/mydigitsmodel.h"

#include <QLocale>

#include <algorithm>

namespace digitpad {

MyDigitsModel::MyDigitsModel(MyDigits* digits, QObject* parent)
    : QAbstractListModel(parent)
    , m_digits(digits)
    , m_rows(wantedRows())
{
    connect(m_digits, &MyDigits::changed, this, &MyDigitsModel::update);
}

void MyDigitsModel::setLabel(int label)
{
    if (m_label != label) {
        m_label = label;
        beginResetModel();
        m_rows = wantedRows();
        endResetModel();
    }
}

MyDigitsModel::Rows MyDigitsModel::wantedRows() const
{
    Rows rows;
    for (const MyDigit& digit : m_digits->digits()) {
        if (m_label < 0 || digit.digit == m_label) {
            rows.push_back({digit.id, digit.digit});
        }
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.digit < b.digit; });
    return rows;
}

void MyDigitsModel::update()
{
    constexpr std::size_t many = 500; // A view is faster with one reset than with so many changes.
    Rows wanted = wantedRows();
    const std::size_t difference =
        std::max(wanted.size(), m_rows.size()) - std::min(wanted.size(), m_rows.size());
    if (m_rows.empty() || difference > many) {
        beginResetModel();
        m_rows = std::move(wanted);
        endResetModel();
        return;
    }
    removeMissing(wanted);
    insertNew(std::move(wanted));
}

void MyDigitsModel::removeMissing(const Rows& wanted)
{
    const auto missing = [&wanted](const Row& row) {
        return !std::binary_search(wanted.begin(), wanted.end(), row,
                                   [](const Row& a, const Row& b) { return a.place() < b.place(); });
    };
    for (auto end = m_rows.end(); end != m_rows.begin();) {
        const auto last = std::find_if(std::make_reverse_iterator(end), m_rows.rend(), missing).base();
        const auto first = std::find_if_not(std::make_reverse_iterator(last), m_rows.rend(), missing).base();
        if (first != last) {
            beginRemoveRows({}, static_cast<int>(first - m_rows.begin()),
                            static_cast<int>(last - m_rows.begin()) - 1);
            const auto index = first - m_rows.begin();
            m_rows.erase(first, last);
            endRemoveRows();
            end = m_rows.begin() + index;
        } else {
            end = first;
        }
    }
}

/// Every row that is there is wanted.
void MyDigitsModel::insertNew(Rows wanted)
{
    for (std::size_t begin = 0; begin < wanted.size();) {
        if (begin < m_rows.size() && m_rows[begin].id == wanted[begin].id) {
            ++begin;
            continue;
        }
        std::size_t end = begin;
        while (end < wanted.size() && (begin >= m_rows.size() || wanted[end].id != m_rows[begin].id)) {
            ++end;
        }
        beginInsertRows({}, static_cast<int>(begin), static_cast<int>(end) - 1);
        const auto from = wanted.begin();
        m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(begin),
                      from + static_cast<std::ptrdiff_t>(begin), from + static_cast<std::ptrdiff_t>(end));
        endInsertRows();
        begin = end;
    }
    if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_rows.size()) - 1),
                           {Qt::DecorationRole}); // Pictures may have come.
    }
}

QString MyDigitsModel::describe(const Row& row) const
{
    const MyDigit* digit = m_digits->find(row.id);
    if (digit == nullptr || !digit->added.isValid()) {
        return tr("A %1").arg(row.digit);
    }
    return tr("A %1, kept on %2")
        .arg(row.digit)
        .arg(QLocale().toString(digit->added.toLocalTime(), QLocale::ShortFormat));
}

const DigitImage* MyDigitsModel::imageAt(int row) const
{
    const MyDigit* digit = m_digits->find(idAt(row));
    return digit == nullptr ? nullptr : digit->image.get();
}

int MyDigitsModel::rowOf(quint64 id) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [id](const Row& row) { return row.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int MyDigitsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant MyDigitsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case IdRole:
        return row.id;
    case DigitRole:
        return row.digit;
    case Qt::DisplayRole:
        return QString::number(row.digit);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return describe(row);
    default:
        return {};
    }
}

} // namespace digitpad
