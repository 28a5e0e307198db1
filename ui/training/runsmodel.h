#pragma once

#include "core/learning/runstore.h"
#include "ui/training/trainingtext.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QIcon>
#include <QSet>

namespace digitpad {

/// The runs of a store as a table, newest first; a box before each name says whether its curves are shown.
/// Follows the store, and keeps the rows that stay, so that a view keeps its selection and place.
class RunsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Name,
        State,
        Preset,
        Data,
        Network,
        Parameters,
        Epochs,
        Validation,
        Test,
        Duration,
        Started,
        Note,
        ColumnCount,
    };
    enum Role {
        SortRole = Qt::UserRole, ///< A number or a text to sort by.
        FolderRole,              ///< QString
        ProblemRole,             ///< QString; why a run cannot be read, empty for one that can.
    };

    /// `store` outlives the model.
    explicit RunsModel(RunStore* store, QObject* parent = nullptr);

    /// Null where the row is none.
    [[nodiscard]] const RunRecord* runAt(int row) const;
    /// -1 where there is none.
    [[nodiscard]] int rowOf(const QString& folder) const;
    [[nodiscard]] QStringList shownRuns() const;
    void setShownRuns(const QStringList& folders);
    /// Adds or removes one after the other; runs that cannot be read have no curves to show.
    void showRuns(const QStringList& folders, bool shown);
    /// For runColor() and runDash(), as the charts draw it; -1 for a run that is not drawn.
    void setRunStyle(const QString& folder, int style);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void shownRunsChanged(const QStringList& folders);

private:
    using Records = QHash<QString, const RunRecord*>; ///< By folder.

    void update();
    void removeMissing(const Records& wanted);
    void changeKept(const Records& wanted);
    void insertNew();
    [[nodiscard]] static QString headerTip(int section);
    [[nodiscard]] QString text(const RunRecord& run, int column) const;
    [[nodiscard]] QVariant sortValue(const RunRecord& run, int column) const;
    [[nodiscard]] QIcon lineSample(const QString& folder) const;

    RunStore* m_store;
    std::vector<RunRecord> m_runs;
    QSet<QString> m_shown;
    QHash<QString, int> m_styles;
};

} // namespace digitpad
