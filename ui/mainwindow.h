#pragma once

#include "core/data/mydigits.h"
#include "core/learning/recognizer.h"
#include "ui/evaluation/evaluationpages.h"
#include "ui/training/formsections.h"
#include "ui/widgets/tones.h"

#include <QMainWindow>

#include <functional>

class QLabel;
class QTabWidget;

namespace digitpad {

class DataTab;
class DrawTab;
class EvaluationTab;
class LearnHand;
class MyDigitsTab;
class TrainingTab;

/// The frame: tabs, menus, status line. What happens in a tab is the tab's.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// `recognizer` and `digits` outlive the window.
    MainWindow(Recognizer* recognizer, MyDigits* digits, QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] DrawTab* drawTab() const { return m_drawTab; }
    /// Null until the window was painted once, or the tab was opened.
    [[nodiscard]] DataTab* dataTab() const { return m_dataTab; }
    /// Null likewise.
    [[nodiscard]] TrainingTab* trainingTab() const { return m_trainingTab; }
    /// Null likewise.
    [[nodiscard]] EvaluationTab* evaluationTab() const { return m_evaluationTab; }
    /// Null likewise.
    [[nodiscard]] MyDigitsTab* myDigitsTab() const { return m_myDigitsTab; }
    [[nodiscard]] LearnHand* learnHand() const { return m_learnHand; }
    /// Puts a picture or ink file on the pad, or loads a model (.pt).
    void openFile(const QString& path);

Q_SIGNALS:
    /// The window shows for the first time, and all tabs are there; what need not be there before may start
    /// now.
    void firstPainted();

protected:
    void closeEvent(QCloseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    enum Tab { Draw, Data, Training, Evaluation, Digits };

    void makeMenus();
    void makeFileMenu();
    void makeEditMenu();
    void makeViewMenu();
    void makeHelpMenu();
    void addTabAction(QMenu* menu, Tab tab, const QString& text, const QKeySequence& shortcut);
    void makeNextTab();
    void makeDataTab();
    void makeTrainingTab();
    void connectOptions();
    void makeEvaluationTab();
    void makeMyDigitsTab();
    void connectDigits();
    void connectLearnHand();
    void sayOfDigits(Tone tone, const QString& text, const QString& actionText = {},
                     std::function<void()> action = {});
    [[nodiscard]] bool confirmUnsavedDigits();
    void onTabChanged(int index);
    void onModelChanged();
    void showStatus();
    void useBundledModel();
    void restore();
    void save();

    Recognizer* m_recognizer;
    MyDigits* m_digits;
    QTabWidget* m_tabs;
    DrawTab* m_drawTab;
    QWidget* m_dataPage; ///< Holds the Data tab once it is there.
    DataTab* m_dataTab = nullptr;
    QWidget* m_trainingPage; ///< Holds the Training tab once it is there.
    TrainingTab* m_trainingTab = nullptr;
    FormSections m_formSections; ///< Made for the Training tab, which is not there yet.
    QWidget* m_evaluationPage;   ///< Holds the Evaluation tab likewise.
    EvaluationTab* m_evaluationTab = nullptr;
    EvaluationPages m_evaluationPages; ///< Made for the Evaluation tab, likewise.
    QWidget* m_digitsPage;             ///< Holds My digits likewise.
    MyDigitsTab* m_myDigitsTab = nullptr;
    LearnHand* m_learnHand;
    QLabel* m_status;
    QAction* m_useBundled = nullptr;
    std::shared_ptr<const Model> m_bundled;
    QString m_bundledName;
    bool m_painted = false;
    bool m_dropDigits = false; ///< The person knows that some of My digits are not in their file.
};

} // namespace digitpad
