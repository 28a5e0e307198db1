#pragma once

#include "core/data/mydigits.h"
#include "ui/widgets/tones.h"

#include <QAction>
#include <QWidget>

#include <array>
#include <functional>
#include <vector>

class QFileDialog;
class QLabel;
class QListView;
class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace digitpad {

class FloatingMessage;
class LabelFilter;
class MyDigitsModel;

/// The person's own digits as a grid: looked through by label, relabelled by the keys 0 to 9, deleted,
/// exported and imported. Every change can be undone.
class MyDigitsTab : public QWidget
{
    Q_OBJECT

public:
    /// `digits` outlives the tab.
    explicit MyDigitsTab(MyDigits* digits, QWidget* parent = nullptr);

    [[nodiscard]] std::vector<quint64> selectedIds() const;
    /// Selects these as far as they are shown.
    void select(const std::vector<quint64>& ids);
    /// Hidden at first; whoever can learn from the digits shows it. Enabled while there are any.
    [[nodiscard]] QPushButton* learnButton() const { return m_learn; }

    void importFrom(const QString& path);
    /// The selected digits or, where none is selected, all.
    void exportTo(const QString& path);
    /// Puts the keyboard's focus on the grid.
    void focusDigits();
    void say(Tone tone, const QString& text, const QString& actionText = {},
             std::function<void()> action = {});

Q_SIGNALS:
    /// A digit is to be looked at on the pad.
    void openRequested(quint64 id);
    void drawRequested();
    void learnRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    // mydigitstablayout.cpp
    void layOut();
    void orderTabs();
    QWidget* makeHead();
    QWidget* makeEmptyPage();
    QWidget* makeFoot();
    void makeView();
    void makeActions();
    QAction* makeAction(const char* name, const QString& text, const QKeySequence& shortcut);
    void fitCells();

    void connectDigits();
    void refresh();
    void refreshSelection();
    [[nodiscard]] std::size_t selectedCount() const;
    void showEmptyPage();
    void showProblemPage();
    void onImported(const QString& path, int added, int duplicates, int skipped);
    void relabelSelected(int digit);
    void removeSelected();
    void openCurrent();
    void chooseImport();
    void chooseExport();
    QFileDialog* makeDialog(const QString& title);

    /// One step of undo().
    struct Change
    {
        QString text; ///< "Deleted 3 drawings."
        std::vector<MyDigit> before;
    };
    void remember(const QString& text, std::vector<MyDigit> before);
    void undo();

    MyDigits* m_digits;
    MyDigitsModel* m_model;
    LabelFilter* m_filter;
    QListView* m_view;
    QStackedWidget* m_pages;
    QLabel* m_emptyTitle = nullptr;
    QLabel* m_emptyText = nullptr;
    QPushButton* m_emptyDraw = nullptr;
    QPushButton* m_emptyImport = nullptr;
    QPushButton* m_tryAgain = nullptr;
    QLabel* m_summary = nullptr;
    QWidget* m_foot = nullptr;
    QLabel* m_selectionText = nullptr;
    QPushButton* m_learn = nullptr;
    QPushButton* m_import = nullptr;
    QPushButton* m_export = nullptr;
    QToolButton* m_relabel = nullptr;
    QMenu* m_relabelMenu = nullptr;
    std::array<QAction*, digitClasses> m_labelActions{};
    QAction* m_open = nullptr;
    QAction* m_remove = nullptr;
    QAction* m_undo = nullptr;
    FloatingMessage* m_message;
    std::vector<Change> m_changes;
};

} // namespace digitpad
