#pragma once

#include "core/learning/recognizer.h"

#include <QMainWindow>

class QLabel;
class QTabWidget;

namespace digitpad {

class DrawTab;
class TrainingTab;

/// The frame: tabs, menus, status line. What happens in a tab is the tab's.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// `recognizer` outlives the window.
    explicit MainWindow(Recognizer* recognizer, QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] DrawTab* drawTab() const { return m_drawTab; }
    /// Null until the window was painted once, or the tab was opened.
    [[nodiscard]] TrainingTab* trainingTab() const { return m_trainingTab; }
    /// Puts a picture or ink file on the pad, or loads a model (.pt).
    void openFile(const QString& path);

Q_SIGNALS:
    /// The window shows for the first time; what need not be there before may start now.
    void firstPainted();

protected:
    void closeEvent(QCloseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    enum Tab { Draw, Training };

    void makeMenus();
    void makeFileMenu();
    void makeEditMenu();
    void makeViewMenu();
    void makeHelpMenu();
    void addTabAction(QMenu* menu, Tab tab, const QString& text, const QKeySequence& shortcut);
    void makeTrainingTab();
    void onTabChanged(int index);
    void onModelChanged();
    void showStatus();
    void useBundledModel();
    void restore();
    void save();

    Recognizer* m_recognizer;
    QTabWidget* m_tabs;
    DrawTab* m_drawTab;
    QWidget* m_trainingPage; ///< Holds the Training tab once it is there.
    TrainingTab* m_trainingTab = nullptr;
    QLabel* m_status;
    QAction* m_useBundled = nullptr;
    std::shared_ptr<const Model> m_bundled;
    QString m_bundledName;
    bool m_painted = false;
};

} // namespace digitpad
