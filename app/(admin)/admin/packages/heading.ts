export const HEADING = {
  title: 'Packages',
  description:
    'What is for sale, once and by subscription. Products at the payment provider follow each change.',
}
