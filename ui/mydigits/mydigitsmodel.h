#pragma once

#include "core/data/mydigits.h"

#include <QAbstractListModel>

#include <utility>
#include <vector>

namespace digitpad {

/// My digits, all or those of one label, digit by digit and the oldest first. Follows the collection, and
/// keeps the rows that stay, so that a view keeps its selection and place.
class MyDigitsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole, ///< quint64
        DigitRole,             ///< int
    };

    /// `digits` outlives the model.
    explicit MyDigitsModel(MyDigits* digits, QObject* parent = nullptr);

    /// 0 to 9, or -1 for all.
    void setLabel(int label);
    [[nodiscard]] int label() const { return m_label; }

    [[nodiscard]] quint64 idAt(int row) const { return m_rows[static_cast<std::size_t>(row)].id; }
    [[nodiscard]] int digitAt(int row) const { return m_rows[static_cast<std::size_t>(row)].digit; }
    /// What a network sees of it; null for the moment that it takes to make it.
    [[nodiscard]] const DigitImage* imageAt(int row) const;
    /// -1 where the digit is not shown.
    [[nodiscard]] int rowOf(quint64 id) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row
    {
        quint64 id = 0;
        int digit = -1;

        [[nodiscard]] auto place() const { return std::pair(digit, id); }
    };
    using Rows = std::vector<Row>;

    [[nodiscard]] Rows wantedRows() const;
    [[nodiscard]] QString describe(const Row& row) const;
    void update();
    void removeMissing(const Rows& wanted);
    void insertNew(Rows wanted);

    MyDigits* m_digits;
    int m_label = -1;
    Rows m_rows; ///< By digit, then by id.
};

} // namespace digitpad
