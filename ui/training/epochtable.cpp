#include "ui/training/epochtable.h"

#include "ui/training/trainingtext.h"

#include <QAbstractTableModel>
#include <QCoreApplication>
#include <QHeaderView>
#include <QScrollBar>

#include <vector>

namespace digitpad {

class EpochModel : public QAbstractTableModel
{
    Q_DECLARE_TR_FUNCTIONS(EpochModel)

public:
    using QAbstractTableModel::QAbstractTableModel;

    enum Column {
        Epoch,
        TrainingLoss,
        ValidationLoss,
        ValidationAccuracy,
        Seconds,
        ColumnCount,
    };

    void clear();
    void add(const EpochMetrics& metrics);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const EpochMetrics& epoch, int column, bool best) const;
    [[nodiscard]] static QVariant headerTip(int section);

    std::vector<EpochMetrics> m_epochs;
    int m_best = -1; ///< Row of the best epoch so far.
};

void EpochModel::clear()
{
    beginResetModel();
    m_epochs.clear();
    m_best = -1;
    endResetModel();
}

void EpochModel::add(const EpochMetrics& metrics)
{
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_epochs.push_back(metrics);
    endInsertRows();
    if (metrics.best) {
        const int before = std::exchange(m_best, row);
        if (before >= 0) {
            Q_EMIT dataChanged(index(before, 0), index(before, ColumnCount - 1));
        }
    }
}

int EpochModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_epochs.size());
}

int EpochModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QString EpochModel::text(const EpochMetrics& epoch, int column, bool best) const
{
    switch (column) {
    case Epoch:
        return best ? QStringLiteral("★ %1").arg(epoch.epoch) : QString::number(epoch.epoch);
    case TrainingLoss:
        return lossText(epoch.trainingLoss);
    case ValidationLoss:
        return lossText(epoch.validationLoss);
    case ValidationAccuracy:
        return percentText(epoch.validationAccuracy, 2);
    case Seconds:
        return durationText(epoch.seconds);
    default:
        return {};
    }
}

QVariant EpochModel::data(const QModelIndex& index, int role) const
{
    const EpochMetrics& epoch = m_epochs[static_cast<std::size_t>(index.row())];
    const bool best = index.row() == m_best;
    switch (role) {
    case Qt::DisplayRole:
        return text(epoch, index.column(), best);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        return best ? tr("The best epoch so far: the lowest validation loss. Its weights are kept.")
                    : QVariant();
    case Qt::FontRole:
        if (best) {
            QFont bold;
            bold.setBold(true);
            return bold;
        }
        return {};
    default:
        return {};
    }
}

QVariant EpochModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole) {
        return headerTip(section);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const QStringList names{tr("Epoch"), tr("Training\nloss"), tr("Validation\nloss"),
                            tr("Validation\naccuracy"), tr("Time")};
    return names.value(section);
}

QVariant EpochModel::headerTip(int section)
{
    switch (section) {
    case TrainingLoss:
        return tr("Mean cross-entropy over the epoch's batches, as they were trained.");
    case ValidationLoss:
        return tr("Mean cross-entropy on the images kept out of training; the lowest marks the best epoch.");
    case ValidationAccuracy:
        return tr("The part of the images kept out of training that is read right.");
    default:
        return {};
    }
}

EpochTable::EpochTable(QWidget* parent)
    : QTableView(parent)
    , m_epochs(new EpochModel(this))
{
    setModel(m_epochs);
    setAccessibleName(tr("Epochs"));
    setEditTriggers(NoEditTriggers);
    setSelectionBehavior(SelectRows);
    setTabKeyNavigation(false);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    setMinimumWidth(5 * fontMetrics().horizontalAdvance(QStringLiteral("Validation 0")));
}

void EpochTable::clear()
{
    m_epochs->clear();
}

void EpochTable::add(const EpochMetrics& metrics)
{
    const bool atEnd = verticalScrollBar()->value() == verticalScrollBar()->maximum();
    m_epochs->add(metrics);
    if (atEnd) {
        scrollToBottom();
    }
}

} // namespace digitpad
