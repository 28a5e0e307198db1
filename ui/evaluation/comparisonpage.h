#pragma once

#include "ui/evaluation/comparisontext.h"

#include <QWidget>

#include <cstddef>
#include <memory>

class QAction;
class QComboBox;
class QLabel;
class QTableWidget;

namespace digitpad {

class ImageGallery;
class MessageBar;
class NoteLabel;
class PairItems;

/// Models beside each other that were evaluated on the same images: their figures, whether two of them differ
/// by more than chance, and the images that those two read differently. GUI thread only.
class ComparisonPage : public QWidget
{
    Q_OBJECT

public:
    explicit ComparisonPage(QWidget* parent = nullptr);
    ~ComparisonPage() override;

    /// Any number, none null, the newest last. Those of other images than the newest are left out, and words
    /// say so. A pair that was chosen stays as far as its evaluations are still there.
    void setEvaluations(const QList<std::shared_ptr<const EvaluationData>>& evaluations);

Q_SIGNALS:
    /// A place in the evaluations' set.
    void padRequested(std::size_t image);
    /// A place in what setEvaluations() got.
    void removeRequested(int evaluation);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    // comparisonpagelayout.cpp
    QWidget* makeFigures();
    QWidget* makePair();
    QWidget* makeBody();
    QComboBox* makePairBox(const char* name, const QString& tip, QWidget* parent);

    void keepComparable(const QList<std::shared_ptr<const EvaluationData>>& evaluations);
    void fillTable();
    void fillPairBoxes();
    void fillFilter();
    void showPair();
    void showCurrent();
    void toPad(int row);

    Evaluations m_evaluations; ///< Those that are shown.
    QList<int> m_places;       ///< Of each of them in what was set.
    QStringList m_names;
    std::shared_ptr<const EvaluationData> m_first; ///< The chosen pair.
    std::shared_ptr<const EvaluationData> m_second;
    PairItems* m_items;

    MessageBar* m_message;
    QWidget* m_nothing = nullptr; ///< Instead of all else where there is no evaluation.
    QWidget* m_body = nullptr;
    QTableWidget* m_table = nullptr;
    QWidget* m_pair = nullptr;
    NoteLabel* m_alone = nullptr; ///< Instead of the pair where there is one evaluation.
    QComboBox* m_firstBox = nullptr;
    QComboBox* m_secondBox = nullptr;
    QComboBox* m_filter = nullptr;
    QLabel* m_verdict = nullptr;
    ImageGallery* m_gallery = nullptr;
    NoteLabel* m_current = nullptr;
    QAction* m_toPad = nullptr;
};

} // namespace digitpad
