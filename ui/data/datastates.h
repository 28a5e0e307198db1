#pragma once

#include "core/data/mnist.h"
#include "core/learning/dataexplorer.h"

#include <QStackedWidget>

class QProgressBar;
class QPushButton;

namespace digitpad {

class MnistPage;
class StatePage;

/// What the Data tab shows while there are no data to show: what to begin with, MNIST's download, the
/// progress of reading, and what went wrong.
class DataStates : public QStackedWidget
{
    Q_OBJECT

public:
    enum class State { Start, Mnist, Loading, Failed, NoDigits };

    /// Tests pass mirrors of their own for MNIST.
    explicit DataStates(const QList<QUrl>& mirrors = MnistDownloader::publicMirrors(),
                        QWidget* parent = nullptr);

    [[nodiscard]] State state() const { return static_cast<State>(currentIndex()); }
    void showStart();
    void showMnist();
    /// `name` is what a person calls the source.
    void showLoading(const QString& name);
    void showFailed(const QString& name, const QString& problem);
    void showNoDigits();
    void setProgress(DataExplorer::Phase phase, const ReadingProgress& progress);
    [[nodiscard]] MnistPage* mnistPage() const { return m_mnist; }
    /// Puts the keyboard's focus on what is usual in this state.
    void focusUsual();

Q_SIGNALS:
    /// "mnist", "synthetic", or empty for My digits.
    void sourceRequested(const QString& part);
    void fileRequested();
    void folderRequested();
    void drawRequested();
    void againRequested();
    void cancelRequested();

private:
    StatePage* makePage(const char* name, const QString& title, const QString& text,
                        const QList<QWidget*>& widgets, const QList<QPushButton*>& buttons);
    QPushButton* makeButton(const char* name, const QString& text, const QString& tip);
    void makeStart();
    void makeMnist(const QList<QUrl>& mirrors);
    void makeLoading();
    void makeFailed();
    void makeNoDigits();

    MnistPage* m_mnist = nullptr;
    StatePage* m_loading = nullptr;
    StatePage* m_failed = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_again = nullptr;
    QPushButton* m_first = nullptr;
    QPushButton* m_draw = nullptr;
};

} // namespace digitpad
