#pragma once

#include "core/learning/runstore.h"
#include "ui/widgets/tones.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace digitpad {

class RunsModel;

/// The runs on the disk: sorted, filtered, renamed, annotated, compared, shown in the charts, drawn with,
/// gone on with, thrown away. GUI thread only.
class RunsPanel : public QWidget
{
    Q_OBJECT

public:
    /// `store` outlives the panel.
    explicit RunsPanel(RunStore* store, QWidget* parent = nullptr);
    ~RunsPanel() override;

    /// The run in progress; while there is one none can be resumed or continued. Empty for none.
    void setLiveRun(const QString& folder);
    [[nodiscard]] RunsModel* model() const { return m_model; }
    /// The folders of the rows that are selected, from top to bottom.
    [[nodiscard]] QStringList selectedRuns() const;

Q_SIGNALS:
    void optionsRequested(const digitpad::RunRecord& record);
    /// A model file, and what to call it.
    void modelRequested(const QString& path, const QString& name);
    void resumeRequested(const QString& folder);
    void continueRequested(const QString& folder, int epochs);
    void message(digitpad::Tone tone, const QString& text);

private:
    void makeTable();
    void makeFilter();
    void makeKeys();
    void makeButtons();
    void layOut();
    QPushButton* addButton(const QString& text, const char* name, const QString& toolTip);
    [[nodiscard]] const RunRecord* single() const;
    void showButtons();
    void showEmpty();
    void openMenu(QPoint place);
    void useOptions();
    void useModel(bool best);
    void goOn();
    void askForEpochs(const RunRecord& run);
    void compare();
    void openFolder();
    void moveToTrash();
    void editCell(int column);
    void toggleShown();

    RunStore* m_store;
    RunsModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
    QLineEdit* m_filter;
    QLabel* m_empty;
    QPushButton* m_options = nullptr;
    QPushButton* m_draw = nullptr;
    QPushButton* m_goOn = nullptr;
    QPushButton* m_compare = nullptr;
    QPushButton* m_trash = nullptr;
    QString m_live;
};

} // namespace digitpad
